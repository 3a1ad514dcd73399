package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.Dice;
import io.trapline.producer.emulator.GuestCpu;
import io.trapline.producer.emulator.GuestMemory;
import io.trapline.producer.emulator.GuestProgram;
import io.trapline.producer.emulator.GuestReport;
import io.trapline.producer.emulator.Vector;
import io.trapline.producer.emulator.guest.GuestTask.Use;

/** A guest that gives the FPU to a task on first use, by CR0.TS, as kernels once did; and XFD as Linux does. */
public final class LazyFpuProgram implements GuestProgram {
    private static final long BOOT = 0x1000000;
    private static final long FIRST_PAGE = 0x2000000;
    private static final long TS = 8;
    private static final int TASKS = 4;

    private final Dice dice;
    private final GuestKernel kernel;
    private final GuestTask[] tasks = new GuestTask[TASKS];
    private long nextTask = 1;

    public LazyFpuProgram(long seed) {
        dice = new Dice(seed, "lazy guest");
        kernel = new GuestKernel(dice, new GuestMemory(FIRST_PAGE), GuestMix.linux(TASKS / 2, TASKS / 2));
        for (int place = 0; place < TASKS; place++) {
            start(place);
        }
    }

    private void start(int place) {
        tasks[place] = new GuestTask(nextTask++, place % 2 == 0 ? Use.TILES : Use.NOTHING, 0x401000 + 0x10000L * place);
        kernel.taskStarted();
    }

    @Override
    public void boot(GuestCpu cpu) {
        cpu.at(BOOT).cpuid(0xd, 0);
        cpu.cpuid(0xd, 1);
        cpu.writeCr0(cpu.cr0() ^ 0x20); // NE, which does exit
        cpu.writeCr0(cpu.cr0() ^ 0x20);
        kernel.bringUpFpu(cpu);
        kernel.armTimer(cpu.at(BOOT + 0x7000));
        kernel.switchTo(tasks[0], cpu);
        cpu.enableInterrupts();
    }

    @Override
    public void step(GuestCpu cpu) {
        if (kernel.takeReschedule() || dice.oneIn(6)) {
            int place = dice.below(TASKS);
            if (dice.oneIn(8)) {
                start(place);
            }
            kernel.switchTo(tasks[place], cpu);
            cpu.writeCr0(cpu.cr0() | TS);
        }
        GuestTask task = kernel.current();
        cpu.at(task.text());
        if (dice.oneIn(3)) {
            cpu.useFpu();
        } else if (dice.oneIn(2)) {
            useTiles(cpu, task);
        } else if (dice.oneIn(4)) {
            cpu.at(task.text() + 0x80).cpuid(1, 0);
        } else {
            cpu.compute();
        }
    }

    private void useTiles(GuestCpu cpu, GuestTask task) {
        if (task.use() == Use.TILES) {
            kernel.useTiles(cpu);
        }
    }

    @Override
    public void shutDown(GuestCpu cpu) {
        cpu.at(BOOT + 0x9000).out(TasksProgram.POWER_PORT, 1, 0);
    }

    @Override
    public void exception(GuestCpu cpu, int vector) {
        if (vector != Vector.NM) {
            throw new IllegalStateException("this guest does nothing that raises exception " + vector);
        }
        if ((cpu.cr0() & TS) != 0) {
            cpu.writeCr0(cpu.cr0() & ~TS);
        } else {
            kernel.deviceNotAvailable(cpu);
        }
    }

    @Override
    public void interrupt(GuestCpu cpu, int vector) {
        kernel.interrupt(cpu, vector);
    }

    @Override
    public GuestReport report(long instructions) {
        return kernel.report(instructions);
    }
}
