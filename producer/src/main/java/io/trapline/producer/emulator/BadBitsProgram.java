package io.trapline.producer.emulator;

/** A guest that tries values of XFD and XFD_ERR that no CPU or hypervisor takes, between work that any guest does. */
final class BadBitsProgram implements GuestProgram {
    private static final long TEXT = 0x100000;
    private static final long UNKNOWN_BIT = 0x20000;
    private static final long NEXT_FEATURE = 0x80000;

    private final Dice dice;
    private long refused;

    BadBitsProgram(long seed) {
        dice = new Dice(seed, "bad bits");
    }

    @Override
    public void boot(GuestCpu cpu) {
        cpu.at(TEXT).cpuid(0xd, 0);
        cpu.cpuid(0xd, 1);
        cpu.writeMsr(Msr.XFD, UNKNOWN_BIT);
        cpu.writeMsr(Msr.XFD_ERR, UNKNOWN_BIT);
        cpu.writeMsr(Msr.XFD, PhysicalCpu.XTILE_DATA);
        cpu.xsetbv();
    }

    @Override
    public void step(GuestCpu cpu) {
        int thrown = dice.below(16);
        if (thrown == 0) {
            cpu.at(TEXT + 0x100).writeMsr(Msr.XFD_ERR, UNKNOWN_BIT);
        } else if (thrown == 1) {
            cpu.at(TEXT + 0x140).writeMsr(Msr.XFD, PhysicalCpu.XTILE_DATA | NEXT_FEATURE);
        } else if (thrown < 6) {
            cpu.at(TEXT + 0x180).cpuid(7, 0);
        } else if (thrown < 8) {
            cpu.at(TEXT + 0x1c0).out(0x3f8, 1, dice.between(0x20, 0x7e));
        } else {
            cpu.at(TEXT + 0x200).compute();
        }
    }

    @Override
    public void shutDown(GuestCpu cpu) {
        cpu.at(TEXT + 0x300).out(Vmm.POWER_PORT, 1, 0);
    }

    @Override
    public void exception(GuestCpu cpu, int vector) {
        if (vector != Vector.GP) {
            throw new IllegalStateException("this guest does nothing that raises exception " + vector);
        }
        refused++;
    }

    /** How often a value was refused. */
    long refused() {
        return refused;
    }

    @Override
    public void interrupt(GuestCpu cpu, int vector) {
        throw new IllegalStateException("this guest never enables interrupts");
    }

    @Override
    public GuestReport report(long instructions) {
        return new GuestReport(instructions, 0, 0, 0, 0, 0, 0);
    }
}
