package io.trapline.producer.emulator;

/** Indexes of the MSRs that the emulated guest and host touch. */
public final class Msr {
    public static final long APIC_BASE = 0x1b;
    public static final long SPEC_CTRL = 0x48;
    public static final long XFD = 0x1c4;
    public static final long XFD_ERR = 0x1c5;
    public static final long DEBUGCTL = 0x1d9;
    public static final long TSC_DEADLINE = 0x6e0;
    public static final long X2APIC_EOI = 0x80b;
    public static final long X2APIC_ICR = 0x830;
    public static final long EFER = 0xc0000080L;
    public static final long KERNEL_GS_BASE = 0xc0000102L;

    private Msr() {}
}
