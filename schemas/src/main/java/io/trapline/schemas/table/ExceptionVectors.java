package io.trapline.schemas.table;

import java.util.HashMap;
import java.util.Map;

/**
 * Names of the exceptions of a CPU, as {@code kvm_inj_exception} prints them ({@code #NM} for 7), and back. Source: the
 * print table of that tracepoint; vectors above 18 are in it from 6.18 on, before that they print as hexadecimal.
 */
public final class ExceptionVectors {
    public static final int NM = 7;

    private static final Map<Integer, String> NAMES = new HashMap<>();
    private static final Map<String, Integer> VECTORS = new HashMap<>();

    static {
        add(0, "#DE");
        add(1, "#DB");
        add(3, "#BP");
        add(4, "#OF");
        add(5, "#BR");
        add(6, "#UD");
        add(NM, "#NM");
        add(8, "#DF");
        add(10, "#TS");
        add(11, "#NP");
        add(12, "#SS");
        add(13, "#GP");
        add(14, "#PF");
        add(16, "#MF");
        add(17, "#AC");
        add(18, "#MC");
        add(19, "#XM");
        add(20, "#VE");
        add(21, "#CP");
        add(28, "#HV");
        add(29, "#VC");
        add(30, "#SX");
    }

    private ExceptionVectors() {}

    private static void add(int vector, String name) {
        NAMES.put(vector, name);
        VECTORS.put(name, vector);
    }

    /** The exception as the current kernel prints it: {@code #NM}, or hexadecimal for one without a name. */
    public static String name(int vector) {
        String name = NAMES.get(vector);
        return name == null ? "0x" + Integer.toHexString(vector) : name;
    }

    /** The vector behind a printed name, -1 for a name that is not in the table (hexadecimal is none). */
    public static int vector(String name) {
        return VECTORS.getOrDefault(name, -1);
    }
}
