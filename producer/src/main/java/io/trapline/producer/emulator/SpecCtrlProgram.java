package io.trapline.producer.emulator;

/** A guest that changes its speculation controls as it goes, and may try XFD on a CPU that has none. */
final class SpecCtrlProgram implements GuestProgram {
    private static final long TEXT = 0x100000;

    private final Dice dice;
    private final boolean triesXfd;

    SpecCtrlProgram(long seed, boolean triesXfd) {
        dice = new Dice(seed, "speculation");
        this.triesXfd = triesXfd;
    }

    @Override
    public void boot(GuestCpu cpu) {
        cpu.at(TEXT).cpuid(0, 0);
        cpu.cpuid(7, 0);
        cpu.cpuid(0xd, 1);
        cpu.writeMsr(Msr.SPEC_CTRL, 0);
        cpu.writeMsr(Msr.SPEC_CTRL, 1);
    }

    @Override
    public void step(GuestCpu cpu) {
        int thrown = dice.below(16);
        if (thrown < 3) {
            cpu.at(TEXT + 0x100).writeMsr(Msr.SPEC_CTRL, dice.below(2));
        } else if (thrown < 6) {
            cpu.at(TEXT + 0x140).cpuid(1, 0);
        } else if (thrown < 8) {
            cpu.at(TEXT + 0x180).out(0x3f8, 1, dice.between(0x20, 0x7e));
        } else if (thrown == 8 && triesXfd) {
            cpu.at(TEXT + 0x1c0).writeMsr(dice.oneIn(2) ? Msr.XFD : Msr.XFD_ERR, 0);
        } else if (thrown == 9 && triesXfd) {
            cpu.at(TEXT + 0x1e0).readMsr(Msr.XFD);
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
        if (vector != Vector.GP || !triesXfd) {
            throw new IllegalStateException("this guest does nothing that raises exception " + vector);
        }
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
