package io.trapline.producer.emulator;

/** Basic exit reasons of VMX that happen here (uapi vmx.h). */
final class ExitReason {
    static final int EXCEPTION_NMI = 0;
    static final int EXTERNAL_INTERRUPT = 1;
    static final int INTERRUPT_WINDOW = 7;
    static final int CPUID = 10;
    static final int HLT = 12;
    static final int IO_INSTRUCTION = 30;
    static final int MSR_READ = 31;
    static final int MSR_WRITE = 32;
    static final int EPT_VIOLATION = 48;
    static final int EPT_MISCONFIG = 49;
    static final int XSETBV = 55;

    private ExitReason() {}
}
