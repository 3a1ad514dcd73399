package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.Dice;
import io.trapline.producer.emulator.GuestCpu;
import io.trapline.producer.emulator.GuestMemory;
import io.trapline.producer.emulator.GuestProgram;
import io.trapline.producer.emulator.GuestReport;
import io.trapline.producer.emulator.Msr;
import io.trapline.producer.emulator.Vector;
import io.trapline.producer.emulator.guest.GuestTask.Use;

/**
 * A guest that boots and then switches between tasks, some of which use AMX: computes, prints, asks devices, sleeps, each as
 * often as its {@link GuestMix} says. Tasks end and others start in their place, so that first uses of tile data never cease.
 */
class TasksProgram implements GuestProgram {
    private static final long BOOT = 0x1000000;
    private static final long USER_TEXT = 0x401000;
    private static final long VMM_TEXT = 0x7f0000401000L;
    private static final long FIRST_PAGE = 0x2000000;
    /** A write there powers the machine off. */
    private static final int POWER_PORT = 0xf4;

    private static final int SERIAL_DATA = 0x3f8;
    private static final int SERIAL_STATUS = 0x3fd;
    private static final long DEVICE = 0xfeb00000L;

    private static final long CPUID_XFD = 0x10;
    private static final int TILE_DATA_LEAF = 0x12;
    /** Bits of XFD that no guest has. */
    private static final long BAD_XFD = 0x20000;

    /** MSR_KVM_WALL_CLOCK_NEW: outside of what any MSR bitmap covers. */
    private static final long WALL_CLOCK = 0x4b564d00L;

    /** No hypercall of KVM. */
    private static final long NO_HYPERCALL = 0x7fff;

    private final int vcpus;
    private final Dice dice;
    private final StepDice steps;
    private final GuestMemory memory = new GuestMemory(FIRST_PAGE);
    private final GuestKernel kernel;
    private final GuestTask[] tasks;
    private final GuestTask vmm = new GuestTask(0, Use.NOTHING, VMM_TEXT);
    private long nextTask = 1;

    /** A guest of one vCPU that boots. */
    TasksProgram(long seed, GuestMix mix) {
        this(seed, mix, 1);
    }

    /** One vCPU of a guest of several: each has a kernel and tasks of its own, and sends interrupts to all. */
    TasksProgram(long seed, GuestMix mix, int vcpus) {
        this.vcpus = vcpus;
        dice = new Dice(seed, "guest");
        steps = new StepDice(dice, mix);
        kernel = new GuestKernel(dice, memory, mix);
        tasks = new GuestTask[mix.tasks()];
        for (int place = 0; place < tasks.length; place++) {
            boolean lazyFpu = place < mix.amxTasks() + mix.lazyFpuTasks();
            startTask(place, place < mix.amxTasks() ? Use.TILES : lazyFpu ? Use.LAZY_FPU : Use.NOTHING);
        }
    }

    GuestKernel kernel() {
        return kernel;
    }

    /** The task that runs a guest of this guest. */
    GuestTask vmm() {
        return vmm;
    }

    void switchToVmm(GuestCpu cpu) {
        kernel.switchTo(vmm, cpu);
    }

    /** A guest that a migration brought here in the middle of its work, with these values of XFD and XFD_ERR. */
    static GuestProgram restored(long seed, GuestMix mix, int vcpus, long xfd, long xfdErr) {
        return new TasksProgram(seed, mix, vcpus) {
            @Override
            public void boot(GuestCpu cpu) {
                resume(cpu, xfd, xfdErr);
            }
        };
    }

    @Override
    public void boot(GuestCpu cpu) {
        for (int pages = dice.between(6, 12); pages > 0; pages--) {
            cpu.at(BOOT + dice.below(0x400)).touch(memory.freshPage());
        }
        print(cpu.at(BOOT + 0x5000), dice.between(2, 6));
        readCpuid(cpu);
        kernel.bringUpFpu(cpu);
        cpu.at(BOOT + 0x6000).readMsr(Msr.EFER);
        cpu.readMsr(Msr.APIC_BASE);
        print(cpu.at(BOOT + 0x5000), dice.between(2, 6));
        kernel.armTimer(cpu.at(BOOT + 0x7000));
        kernel.switchTo(tasks[dice.below(tasks.length)], cpu);
        cpu.enableInterrupts();
    }

    /** XFD_ERR that is not 0 says that the guest left in its #NM handler: it goes on there. */
    void resume(GuestCpu cpu, long xfd, long xfdErr) {
        kernel.restored(tasks[0], xfd);
        kernel.armTimer(cpu.at(BOOT + 0x7000));
        if (xfdErr != 0) {
            kernel.deviceNotAvailable(cpu);
        }
        cpu.at(tasks[0].text()).enableInterrupts();
    }

    private static void readCpuid(GuestCpu cpu) {
        cpu.at(BOOT + 0x4000).cpuid(0, 0);
        cpu.cpuid(1, 0);
        cpu.cpuid(7, 0);
        cpu.cpuid(0xd, 0);
        boolean xfd = (cpu.cpuid(0xd, 1).rax() & CPUID_XFD) != 0;
        if (xfd) {
            cpu.cpuid(0xd, TILE_DATA_LEAF);
        }
    }

    private void print(GuestCpu cpu, int characters) {
        for (int left = characters; left > 0; left--) {
            cpu.out(SERIAL_DATA, 1, dice.between(0x20, 0x7e));
        }
    }

    @Override
    public void step(GuestCpu cpu) {
        if (kernel.takeReschedule()) {
            kernel.switchTo(tasks[dice.below(tasks.length)], cpu);
        }
        GuestTask task = kernel.current();
        cpu.at(task.text());
        take(steps.next(), cpu, task);
    }

    private void take(GuestStep step, GuestCpu cpu, GuestTask task) {
        switch (step) {
            case WORK -> work(cpu, task);
            case SWITCH -> kernel.switchTo(tasks[dice.below(tasks.length)], cpu);
            case CPUID -> cpu.at(task.text() + 0x80).cpuid(dice.oneIn(2) ? 1 : 7, 0);
            case OUT -> cpu.at(task.text() + 0x100).out(SERIAL_DATA, 1, dice.between(0x20, 0x7e));
            case IN -> cpu.at(task.text() + 0x180).in(SERIAL_STATUS, 1);
            case MMIO_WRITE -> cpu.at(task.text() + 0x200).writeMmio(DEVICE + 0x10, 4, dice.below(1 << 16));
            case MMIO_READ -> cpu.at(task.text() + 0x240).readMmio(DEVICE + 0x14, 4);
            case PAGE -> cpu.at(task.text() + 0x280).touch(memory.freshPage());
            case READ_MSR -> cpu.at(task.text() + 0x2c0).readMsr(dice.oneIn(2) ? Msr.EFER : Msr.APIC_BASE);
            case IPI -> sendInterrupt(cpu);
            case HALT -> halt(cpu);
            case END -> endTask(cpu);
            case COMPUTE -> compute(cpu);
            case READ_XFD -> cpu.at(task.text() + 0x300).readMsr(Msr.XFD);
            case BAD_XFD -> cpu.at(task.text() + 0x340).writeMsr(Msr.XFD, BAD_XFD);
            case WALL_CLOCK -> cpu.at(task.text() + 0x3c0).readMsr(WALL_CLOCK);
            case SPEC_CTRL -> cpu.at(task.text() + 0x400).writeMsr(Msr.SPEC_CTRL, dice.below(2));
            case GS_BASE -> cpu.at(task.text() + 0x440).writeMsr(Msr.KERNEL_GS_BASE, dice.below(1 << 20));
            case HYPERCALL -> cpu.at(task.text() + 0x380).hypercall(NO_HYPERCALL, task.number());
        }
    }

    /** Long enough that timers fire in the middle of a task and not only in HLT. */
    private void compute(GuestCpu cpu) {
        for (int left = dice.between(10, 60); left > 0; left--) {
            cpu.compute();
        }
    }

    private void sendInterrupt(GuestCpu cpu) {
        int receiver = vcpus == 1 ? cpu.number() : dice.below(vcpus);
        if (receiver == cpu.number()) {
            kernel.sendIrqWork(cpu);
        } else {
            kernel.sendReschedule(cpu, receiver);
        }
    }

    /** The only vCPU is woken by its timer, one of several by whoever comes first. */
    private void halt(GuestCpu cpu) {
        if (vcpus == 1) {
            cpu.halt();
        } else {
            cpu.idle();
        }
    }

    private void work(GuestCpu cpu, GuestTask task) {
        cpu.compute();
        if (task.use() == Use.LAZY_FPU) {
            cpu.useFpu();
        }
        if (task.use() == Use.TILES) {
            kernel.useTiles(cpu);
        }
    }

    private void endTask(GuestCpu cpu) {
        int place = dice.below(tasks.length);
        GuestTask old = tasks[place];
        startTask(place, old.use());
        if (old == kernel.current()) {
            kernel.switchTo(tasks[place], cpu);
        }
    }

    private void startTask(int place, Use use) {
        long text = USER_TEXT + 0x10000L * place;
        tasks[place] = new GuestTask(nextTask++, use, text);
        kernel.taskStarted();
    }

    @Override
    public void shutDown(GuestCpu cpu) {
        cpu.at(BOOT + 0x9000).out(POWER_PORT, 1, 0);
    }

    @Override
    public void exception(GuestCpu cpu, int vector) {
        switch (vector) {
            case Vector.NM -> kernel.deviceNotAvailable(cpu);
            case Vector.GP -> cpu.compute(); // goes on behind the WRMSR
            default -> throw new IllegalStateException("this guest does nothing that raises exception " + vector);
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
