package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.Dice;
import io.trapline.producer.emulator.GuestCpu;
import io.trapline.producer.emulator.GuestMemory;
import io.trapline.producer.emulator.GuestProgram;
import io.trapline.producer.emulator.GuestReport;
import io.trapline.producer.emulator.KvmInGuest;
import io.trapline.producer.emulator.NestedGuest;
import io.trapline.producer.emulator.Vector;
import io.trapline.producer.emulator.guest.GuestTask.Use;

/** A Linux that is a hypervisor itself: tasks of its own, with and without AMX, beside one guest that uses AMX. */
public final class NestedProgram implements GuestProgram {
    private static final long BOOT = 0x1000000;
    private static final long FIRST_PAGE = 0x2000000;
    private static final long CONTROLS = 0x5851000;
    private static final int L2_STEPS_MAX = 40;
    private static final int RUNS_BEFORE_OWN_AMX = 12;

    private final Dice dice;
    private final GuestKernel kernel;
    private final GuestTask[] tasks;
    private final NestedGuest guest;
    private final boolean armsAtBoot;
    private boolean armed;
    private int runs;

    /** {@code armsAtBoot}: as Linux does; else only L2 arms XFD, and L1 follows long after. */
    public NestedProgram(long seed, KvmInGuest hypervisor, boolean armsAtBoot, GuestProgram l2) {
        dice = new Dice(seed, "L1");
        kernel = new GuestKernel(dice, new GuestMemory(FIRST_PAGE), GuestMix.linux(1, 1));
        this.armsAtBoot = armsAtBoot;
        tasks = new GuestTask[] {new GuestTask(1, Use.TILES, 0x401000), new GuestTask(2, Use.NOTHING, 0x411000)};
        guest = new NestedGuest(hypervisor.controls(CONTROLS), l2, hypervisor);
    }

    @Override
    public void boot(GuestCpu cpu) {
        cpu.at(BOOT).cpuid(0xd, 0);
        cpu.cpuid(0xd, 1);
        if (armsAtBoot) {
            arm(cpu);
        }
        kernel.armTimer(cpu.at(BOOT + 0x7000));
        kernel.switchTo(tasks[1], cpu);
        cpu.enableInterrupts();
    }

    private void arm(GuestCpu cpu) {
        armed = true;
        kernel.bringUpFpu(cpu);
    }

    @Override
    public void step(GuestCpu cpu) {
        if (kernel.takeReschedule()) {
            cpu.at(BOOT + 0x8000).cpuid(1, 0);
        }
        boolean ownTurn = armsAtBoot ? dice.oneIn(3) : runs > RUNS_BEFORE_OWN_AMX;
        if (ownTurn) {
            runOwnTask(cpu);
        } else {
            runs++;
            kernel.switchTo(tasks[1], cpu);
            cpu.runNested(guest, dice.between(4, L2_STEPS_MAX));
        }
    }

    private void runOwnTask(GuestCpu cpu) {
        if (!armed) {
            arm(cpu);
        }
        int place = dice.below(tasks.length);
        if (dice.oneIn(4)) {
            tasks[place] = new GuestTask(tasks[place].number() + 2, tasks[place].use(), tasks[place].text());
        }
        kernel.switchTo(tasks[place], cpu);
        GuestTask task = kernel.current();
        for (int left = dice.between(1, 8); left > 0; left--) {
            cpu.at(task.text());
            if (task.use() == Use.TILES) {
                kernel.useTiles(cpu);
            }
            cpu.compute();
        }
        if (dice.oneIn(3)) {
            cpu.at(task.text() + 0x100).out(0x3f8, 1, dice.between(0x20, 0x7e));
        }
    }

    @Override
    public void shutDown(GuestCpu cpu) {
        cpu.at(BOOT + 0x9000).out(TasksProgram.POWER_PORT, 1, 0);
    }

    @Override
    public void exception(GuestCpu cpu, int vector) {
        if (vector != Vector.NM) {
            throw new IllegalStateException("this L1 does nothing that raises exception " + vector);
        }
        kernel.deviceNotAvailable(cpu);
    }

    @Override
    public void interrupt(GuestCpu cpu, int vector) {
        kernel.interrupt(cpu, vector);
    }

    @Override
    public GuestReport report(long instructions) {
        return kernel.report(instructions).plus(guest.program().report(0));
    }
}
