package io.trapline.producer.emulator.guest;

/**
 * What a guest with tasks does next, one thrown of these; the order is part of what a seed means. How often each comes is its
 * weight beside the others' ({@link GuestMix}).
 */
public enum GuestStep {
    WORK("work", 96, "the task computes, and uses its tile data or FPU if it has any"),
    SWITCH("switch", 32, "another task gets the CPU"),
    CPUID("cpuid", 20, "CPUID"),
    OUT("out", 24, "a character to the serial port"),
    IN("in", 8, "the state of the serial port"),
    MMIO_WRITE("mmio-write", 4, "a register of a device is written"),
    MMIO_READ("mmio-read", 4, "a register of a device is read"),
    PAGE("page", 20, "a page of RAM is used for the first time"),
    READ_MSR("read-msr", 16, "an MSR that always exits"),
    IPI("ipi", 8, "an interrupt by way of the local APIC"),
    HALT("halt", 4, "HLT until the timer"),
    END("end", 8, "a task ends and another begins in its place"),
    COMPUTE("compute", 12, "instructions that never exit, long enough for a timer to come in between"),
    READ_XFD("read-xfd", 0, "XFD is read"),
    BAD_XFD("bad-xfd", 0, "XFD is written with a bit that the guest does not have: #GP"),
    HYPERCALL("hypercall", 0, "VMCALL or VMMCALL that the hypervisor does not know"),
    WALL_CLOCK("wall-clock", 0, "KVM's wall clock: an MSR that no MSR bitmap covers"),
    SPEC_CTRL("spec-ctrl", 0, "the speculation controls are written, 0 or 1"),
    GS_BASE("gs-base", 0, "KERNEL_GS_BASE is written, which no hypervisor intercepts for long");

    private final String title;
    private final int usualWeight;
    private final String sentence;

    GuestStep(String title, int usualWeight, String sentence) {
        this.title = title;
        this.usualWeight = usualWeight;
        this.sentence = sentence;
    }

    /** Name in scenarios. */
    public String title() {
        return title;
    }

    public int usualWeight() {
        return usualWeight;
    }

    public String sentence() {
        return sentence;
    }
}
