package io.trapline.schemas.table;

import java.util.HashMap;
import java.util.Map;

/** Names of MSRs and what KVM can pass through, from {@code msrs.tsv} (rule R22). */
public final class Msrs {
    public static final long IA32_XFD = 0x1c4;
    public static final long IA32_XFD_ERR = 0x1c5;

    public static final long IA32_SPEC_CTRL = 0x48;
    public static final long IA32_PRED_CMD = 0x49;

    /** The only dynamic feature so far: XTILE_DATA, bit 18. */
    public static final long XFD_XTILE_DATA = 0x40000;

    /** Address of the x2APIC's interrupt command register: the fast path knows it. */
    public static final long X2APIC_ICR = 0x830;

    public static final long TSC_DEADLINE = 0x6e0;

    private static final Map<Long, String> NAMES = new HashMap<>();

    static {
        for (String[] row : TsvTable.rows("msrs.tsv", 7)) {
            NAMES.putIfAbsent(Long.parseUnsignedLong(row[0].substring(2), 16), row[1]);
        }
    }

    private Msrs() {}

    /** The kernel's name without its prefix {@code MSR_}, or null. */
    public static String name(long index) {
        String name = NAMES.get(index);
        return name == null ? null : name.replaceFirst("^MSR_", "");
    }
}
