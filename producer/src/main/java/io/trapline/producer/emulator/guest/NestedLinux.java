package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.Dice;
import io.trapline.producer.emulator.GuestCpu;
import io.trapline.producer.emulator.GuestProgram;
import io.trapline.producer.emulator.GuestReport;
import io.trapline.producer.emulator.Msr;

/** A Linux as L2: AMX tasks, and what a paravirtual guest asks of a hypervisor. */
public final class NestedLinux implements GuestProgram {
    /** MSR_KVM_WALL_CLOCK_NEW: outside of what any MSR bitmap covers. */
    private static final long WALL_CLOCK = 0x4b564d00L;

    private static final long TEXT = 0x1004000;

    private final Dice dice;
    private final TasksProgram linux;

    public NestedLinux(long seed, int amxTasks, int plainTasks) {
        dice = new Dice(seed, "L2");
        linux = new TasksProgram(seed + 1, GuestMix.linux(amxTasks, plainTasks));
    }

    @Override
    public void boot(GuestCpu cpu) {
        linux.boot(cpu);
    }

    @Override
    public void step(GuestCpu cpu) {
        linux.step(cpu);
        if (dice.oneIn(16)) {
            cpu.at(TEXT).readMsr(WALL_CLOCK);
        } else if (dice.oneIn(8)) {
            cpu.at(TEXT + 0x40).writeMsr(Msr.SPEC_CTRL, dice.below(2));
        } else if (dice.oneIn(8)) {
            cpu.at(TEXT + 0x80).writeMsr(Msr.KERNEL_GS_BASE, dice.below(1 << 20));
        }
    }

    @Override
    public void shutDown(GuestCpu cpu) {
        linux.shutDown(cpu);
    }

    @Override
    public void exception(GuestCpu cpu, int vector) {
        linux.exception(cpu, vector);
    }

    @Override
    public void interrupt(GuestCpu cpu, int vector) {
        linux.interrupt(cpu, vector);
    }

    @Override
    public GuestReport report(long instructions) {
        return linux.report(instructions);
    }
}
