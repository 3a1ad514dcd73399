package io.trapline.producer.emulator;

/** What makes the guests here exit, with the number that each ISA has for it (uapi vmx.h, svm.h). */
enum ExitReason {
    DEVICE_NOT_AVAILABLE(0, 0x47),
    EXTERNAL_INTERRUPT(1, 0x60),
    INTERRUPT_WINDOW(7, 0x64),
    CPUID(10, 0x72),
    HLT(12, 0x78),
    HYPERCALL(18, 0x81),
    NESTED_LAUNCH(20, 0x80),
    NESTED_RESUME(24, 0x80),
    CR0_WRITE(28, 0x10),
    IO_INSTRUCTION(30, 0x7b),
    MSR_READ(31, 0x7c),
    MSR_WRITE(32, 0x7c),
    PAGE(48, 0x400),
    DEVICE_PAGE(49, 0x400),
    XSETBV(55, 0x8d);

    private final int vmx;
    private final int svm;

    ExitReason(int vmx, int svm) {
        this.vmx = vmx;
        this.svm = svm;
    }

    int number(Isa isa) {
        return isa == Isa.VMX ? vmx : svm;
    }
}
