package io.trapline.schemas.table;

import java.util.Map;
import java.util.TreeMap;

/**
 * Names of the CPU modes in which KVM emulates an instruction, as {@code kvm_emulate_insn} prints its flags, and back.
 * Source: the print table of that tracepoint (bit 0 protected mode, 1 virtual 8086, 2 CS.D, 3 CS.L); combinations that are
 * not in it print as hexadecimal.
 */
public final class InstructionModes {
    private static final Map<Integer, String> NAMES = new TreeMap<>();
    private static final Map<String, Integer> NUMBERS = new TreeMap<>();

    static {
        add(0, "real");
        add(0x1 | 0x2, "vm16");
        add(0x1, "prot16");
        add(0x1 | 0x4, "prot32");
        add(0x1 | 0x8, "prot64");
    }

    private InstructionModes() {}

    private static void add(int number, String name) {
        NAMES.put(number, name);
        NUMBERS.put(name, number);
    }

    /** The mode as the kernel prints it: {@code prot64}, or hexadecimal for one that is not in its table. */
    public static String name(int number) {
        String name = NAMES.get(number);
        return name == null ? "0x" + Integer.toHexString(number) : name;
    }

    /** The flags behind a printed name, -1 for a name that is not in the table (hexadecimal is none). */
    public static int number(String name) {
        return NUMBERS.getOrDefault(name, -1);
    }
}
