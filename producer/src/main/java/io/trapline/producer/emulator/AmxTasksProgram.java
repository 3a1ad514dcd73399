package io.trapline.producer.emulator;

/**
 * A guest that boots and then switches between tasks, some of which use AMX: computes, prints, asks devices, sleeps. Tasks end
 * and others start in their place, so that first uses of tile data never cease.
 */
final class AmxTasksProgram implements GuestProgram {
    private static final long BOOT = 0x1000000;
    private static final long USER_TEXT = 0x401000;
    private static final long FIRST_PAGE = 0x2000000;
    private static final int SERIAL_DATA = 0x3f8;
    private static final int SERIAL_STATUS = 0x3fd;
    private static final long DEVICE = 0xfeb00000L;

    private final Dice dice;
    private final GuestMemory memory = new GuestMemory(FIRST_PAGE);
    private final GuestKernel kernel;
    private final GuestTask[] tasks;
    private final int vcpus;
    private long nextTask = 1;

    AmxTasksProgram(long seed, int amxTasks, int plainTasks) {
        this(seed, amxTasks, plainTasks, 1);
    }

    /** On one of so many vCPUs, which send each other IPIs. */
    AmxTasksProgram(long seed, int amxTasks, int plainTasks, int vcpus) {
        this.vcpus = vcpus;
        dice = new Dice(seed, "guest");
        kernel = new GuestKernel(dice, memory);
        tasks = new GuestTask[amxTasks + plainTasks];
        for (int place = 0; place < tasks.length; place++) {
            startTask(place, place < amxTasks);
        }
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

    private static void readCpuid(GuestCpu cpu) {
        cpu.at(BOOT + 0x4000).cpuid(0, 0);
        cpu.cpuid(1, 0);
        cpu.cpuid(7, 0);
        cpu.cpuid(0xd, 0);
        cpu.cpuid(0xd, 1);
        cpu.cpuid(0xd, 0x12);
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
        int thrown = dice.below(256);
        if (thrown < 96) {
            work(cpu);
        } else if (thrown < 128) {
            kernel.switchTo(tasks[dice.below(tasks.length)], cpu);
        } else if (thrown < 232) {
            callSystem(cpu, task, thrown - 128);
        } else if (thrown < 236) {
            rest(cpu);
        } else if (thrown < 244) {
            endTask(cpu);
        } else {
            compute(cpu);
        }
    }

    /** Long enough that timers fire in the middle of a task and not only in HLT. */
    private void compute(GuestCpu cpu) {
        for (int left = dice.between(10, 60); left > 0; left--) {
            cpu.compute();
        }
    }

    private void work(GuestCpu cpu) {
        cpu.compute();
        kernel.useTiles(cpu, dice);
    }

    /** {@code thrown} is from 0 to 103. */
    private void callSystem(GuestCpu cpu, GuestTask task, int thrown) {
        if (thrown < 20) {
            cpu.at(task.text() + 0x80).cpuid(dice.oneIn(2) ? 1 : 7, 0);
        } else if (thrown < 44) {
            cpu.at(task.text() + 0x100).out(SERIAL_DATA, 1, dice.between(0x20, 0x7e));
        } else if (thrown < 52) {
            cpu.at(task.text() + 0x180).in(SERIAL_STATUS, 1);
        } else if (thrown < 56) {
            cpu.at(task.text() + 0x200).writeMmio(DEVICE + 0x10, 4, dice.below(1 << 16));
        } else if (thrown < 60) {
            cpu.at(task.text() + 0x240).readMmio(DEVICE + 0x14, 4);
        } else if (thrown < 80) {
            cpu.at(task.text() + 0x280).touch(memory.freshPage());
        } else if (thrown < 96) {
            cpu.at(task.text() + 0x2c0).readMsr(dice.oneIn(2) ? Msr.EFER : Msr.APIC_BASE);
        } else {
            interrupt(cpu);
        }
    }

    private void interrupt(GuestCpu cpu) {
        int receiver = vcpus == 1 ? cpu.number() : dice.below(vcpus);
        if (receiver == cpu.number()) {
            kernel.sendIrqWork(cpu);
        } else {
            kernel.sendReschedule(cpu, receiver);
        }
    }

    /** Where there are others, one of them may end it. */
    private void rest(GuestCpu cpu) {
        if (vcpus == 1) {
            cpu.halt();
        } else {
            cpu.idle();
        }
    }

    private void endTask(GuestCpu cpu) {
        int place = dice.below(tasks.length);
        GuestTask old = tasks[place];
        startTask(place, old.usesAmx());
        if (old == kernel.current()) {
            kernel.switchTo(tasks[place], cpu);
        }
    }

    private void startTask(int place, boolean usesAmx) {
        long text = USER_TEXT + 0x10000L * place;
        tasks[place] = new GuestTask(nextTask++, usesAmx, text);
        kernel.taskStarted();
    }

    @Override
    public void shutDown(GuestCpu cpu) {
        cpu.at(BOOT + 0x9000).out(Vmm.POWER_PORT, 1, 0);
    }

    @Override
    public void exception(GuestCpu cpu, int vector) {
        if (vector != Vector.NM) {
            throw new IllegalStateException("this guest does nothing that raises exception " + vector);
        }
        kernel.deviceNotAvailable(cpu);
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
