package io.trapline.schemas.table;

import java.util.HashMap;
import java.util.Map;

/**
 * Names of the reasons for which KVM returns to user space, as {@code kvm_userspace_exit} prints them, and back. Source:
 * the print table of that tracepoint; it ends at X86_WRMSR, and the kernel prints newer reasons as hexadecimal.
 */
public final class UserspaceExits {
    private static final String PREFIX = "KVM_EXIT_";

    /** By number, without a hole. */
    private static final String[] NAMES = {
        "UNKNOWN",
        "EXCEPTION",
        "IO",
        "HYPERCALL",
        "DEBUG",
        "HLT",
        "MMIO",
        "IRQ_WINDOW_OPEN",
        "SHUTDOWN",
        "FAIL_ENTRY",
        "INTR",
        "SET_TPR",
        "TPR_ACCESS",
        "S390_SIEIC",
        "S390_RESET",
        "DCR",
        "NMI",
        "INTERNAL_ERROR",
        "OSI",
        "PAPR_HCALL",
        "S390_UCONTROL",
        "WATCHDOG",
        "S390_TSCH",
        "EPR",
        "SYSTEM_EVENT",
        "S390_STSI",
        "IOAPIC_EOI",
        "HYPERV",
        "ARM_NISV",
        "X86_RDMSR",
        "X86_WRMSR",
    };

    private static final Map<String, Long> NUMBERS = new HashMap<>();

    static {
        for (int number = 0; number < NAMES.length; number++) {
            NAMES[number] = PREFIX + NAMES[number];
            NUMBERS.put(NAMES[number], (long) number);
        }
    }

    private UserspaceExits() {}

    /** The reason as the kernel prints it: {@code KVM_EXIT_IO}, or hexadecimal for one that is not in its table. */
    public static String name(long number) {
        boolean known = number >= 0 && number < NAMES.length;
        return known ? NAMES[(int) number] : "0x" + Long.toHexString(number);
    }

    /** The number behind a printed name, -1 for a name that is not in the table (hexadecimal is none). */
    public static long number(String name) {
        return NUMBERS.getOrDefault(name, -1L);
    }
}
