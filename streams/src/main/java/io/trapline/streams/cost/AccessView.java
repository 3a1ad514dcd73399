package io.trapline.streams.cost;

import io.trapline.schemas.table.ExitReasons;

/** A way to look at what exits were for, as the {@code --event} of {@code perf kvm stat} names it. */
public enum AccessView {
    /** Device memory. */
    MMIO("mmio"),
    IOPORT("ioport"),
    MSR("msr"),
    /** Not one of perf's: exits before their stream's first entry, which perf leaves out. */
    FIRST_EXIT("first-exit");

    /** Stands for all places behind the limit. */
    static final long OTHER = Long.MAX_VALUE;

    private static final String OTHER_TEXT = "other";

    private final String title;

    AccessView(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** The place and direction as one number; of {@link #FIRST_EXIT}, the reason and the ISA. */
    static long key(long address, boolean write) {
        return address << 1 | (write ? 1 : 0);
    }

    static long keyOfReason(long reason, int isa) {
        return key(reason, isa == ExitReasons.SVM);
    }

    /** Place and direction as perf spells them, {@code 0xfee000b0:W} or {@code 0x3f8:POUT}; the reason as the kernel does. */
    String text(long key) {
        if (key == OTHER) {
            return OTHER_TEXT;
        }
        boolean write = (key & 1) != 0;
        long address = key >>> 1;
        return switch (this) {
            case MMIO, MSR -> "0x" + Long.toHexString(address) + (write ? ":W" : ":R");
            case IOPORT -> "0x" + Long.toHexString(address) + (write ? ":POUT" : ":PIN");
            case FIRST_EXIT -> ExitReasons.name(write ? ExitReasons.SVM : ExitReasons.VMX, address);
        };
    }
}
