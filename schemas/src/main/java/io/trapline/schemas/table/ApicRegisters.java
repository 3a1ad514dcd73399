package io.trapline.schemas.table;

import java.util.HashMap;
import java.util.Map;

/**
 * Names of the registers of a local APIC, as {@code kvm_apic} prints them, and their offsets in the APIC page. Source:
 * the print table of that tracepoint; registers that are not in it print as hexadecimal.
 */
public final class ApicRegisters {
    private static final String PREFIX = "APIC_";

    private static final Map<Integer, String> NAMES = new HashMap<>();
    private static final Map<String, Integer> OFFSETS = new HashMap<>();

    static {
        add(0x20, "ID");
        add(0x30, "LVR");
        add(0x80, "TASKPRI");
        add(0x90, "ARBPRI");
        add(0xa0, "PROCPRI");
        add(0xb0, "EOI");
        add(0xc0, "RRR");
        add(0xd0, "LDR");
        add(0xe0, "DFR");
        add(0xf0, "SPIV");
        add(0x100, "ISR");
        add(0x180, "TMR");
        add(0x200, "IRR");
        add(0x280, "ESR");
        add(0x300, "ICR");
        add(0x310, "ICR2");
        add(0x320, "LVTT");
        add(0x330, "LVTTHMR");
        add(0x340, "LVTPC");
        add(0x350, "LVT0");
        add(0x360, "LVT1");
        add(0x370, "LVTERR");
        add(0x380, "TMICT");
        add(0x390, "TMCCT");
        add(0x3e0, "TDCR");
        add(0x3f0, "SELF_IPI");
        add(0x400, "EFEAT");
        add(0x410, "ECTRL");
    }

    private ApicRegisters() {}

    private static void add(int offset, String name) {
        NAMES.put(offset, PREFIX + name);
        OFFSETS.put(PREFIX + name, offset);
    }

    /** The register as the kernel prints it: {@code APIC_EOI}, or hexadecimal for one that is not in its table. */
    public static String name(int offset) {
        String name = NAMES.get(offset);
        return name == null ? "0x" + Integer.toHexString(offset) : name;
    }

    /** The offset behind a printed name, -1 for a name that is not in the table (hexadecimal is none). */
    public static int offset(String name) {
        return OFFSETS.getOrDefault(name, -1);
    }
}
