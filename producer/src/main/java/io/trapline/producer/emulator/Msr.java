package io.trapline.producer.emulator;

/** Indexes of the MSRs that the emulated guest and host touch. */
final class Msr {
    static final long APIC_BASE = 0x1b;
    static final long XFD = 0x1c4;
    static final long XFD_ERR = 0x1c5;
    static final long TSC_DEADLINE = 0x6e0;
    static final long X2APIC_EOI = 0x80b;
    static final long X2APIC_ICR = 0x830;
    static final long EFER = 0xc0000080L;

    private Msr() {}
}
