package io.trapline.producer.emulator;

/**
 * What a Linux guest does about XFD: arms it on bring-up, grants tile data on the first #NM of a task, and switches XFD and
 * tiles with the tasks, leaving out a WRMSR that would change nothing.
 */
final class GuestKernel {
    private static final long TEXT = 0xffffffff81000000L;
    private static final long BRING_UP = TEXT + 0x1a2c0;
    private static final long SWITCH = TEXT + 0x2f4e1;
    private static final long NM_HANDLER = TEXT + 0x9b0d4;
    private static final long TIMER_HANDLER = TEXT + 0xa11f0;
    private static final long IRQ_WORK_HANDLER = TEXT + 0xa1380;
    private static final int TICK_INSTRUCTIONS_MIN = 60;
    private static final int TICK_INSTRUCTIONS_MAX = 240;

    private final Dice dice;
    private final GuestMemory memory;
    private GuestTask current;
    private long xfdWritten;
    private boolean reschedule;

    private long tasksStarted;
    private long contextSwitches;
    private long tileFaults;
    private long errorsLost;
    private long faultsWithoutCause;
    private long tilesLost;

    GuestKernel(Dice dice, GuestMemory memory) {
        this.dice = dice;
        this.memory = memory;
    }

    /** {@code fpu__init_cpu_xstate}: XFD before XSETBV, "to allow KVM lazy passthrough" (R4). */
    void bringUpFpu(GuestCpu cpu) {
        cpu.at(BRING_UP).writeMsr(Msr.XFD, PhysicalCpu.XTILE_DATA);
        xfdWritten = PhysicalCpu.XTILE_DATA;
        cpu.at(BRING_UP + 0x40).xsetbv();
    }

    void armTimer(GuestCpu cpu) {
        int instructions = dice.between(TICK_INSTRUCTIONS_MIN, TICK_INSTRUCTIONS_MAX);
        cpu.writeMsr(Msr.TSC_DEADLINE, cpu.tsc() + (long) instructions * GuestTime.TSC_PER_INSTRUCTION);
    }

    void sendIrqWork(GuestCpu cpu) {
        cpu.at(IRQ_WORK_HANDLER + 0x100).writeMsr(Msr.X2APIC_ICR, (long) cpu.number() << 32 | Vector.IRQ_WORK);
    }

    /** {@code smp_send_reschedule}. */
    void sendReschedule(GuestCpu cpu, int vcpu) {
        cpu.at(IRQ_WORK_HANDLER + 0x180).writeMsr(Msr.X2APIC_ICR, (long) vcpu << 32 | Vector.RESCHEDULE);
    }

    GuestTask current() {
        return current;
    }

    /** Whether the timer wants another task; asking clears it. */
    boolean takeReschedule() {
        boolean wanted = reschedule;
        reschedule = false;
        return wanted;
    }

    void taskStarted() {
        tasksStarted++;
    }

    /** {@code switch_fpu}: saves what the task may have, then XFD, then restores. */
    void switchTo(GuestTask next, GuestCpu cpu) {
        if (next == current) {
            return;
        }
        contextSwitches++;
        cpu.at(SWITCH).compute();
        if (current != null && current.mayUseTiles()) {
            current.setSavedTiles(cpu.xsaveTiles());
        }
        if (next.xfd() != xfdWritten) {
            xfdWritten = next.xfd();
            cpu.at(SWITCH + 0x60).writeMsr(Msr.XFD, xfdWritten);
        }
        cpu.xrstorTiles(next.savedTiles());
        current = next;
        cpu.at(current.text());
    }

    /**
     * {@code exc_device_not_available}. Where XFD_ERR is empty, or the task has tile data already, Linux would die or fault
     * for ever; this kernel counts it and goes on, so that the rest of the run stays comparable.
     */
    void deviceNotAvailable(GuestCpu cpu) {
        tileFaults++;
        long error = cpu.at(NM_HANDLER).readMsr(Msr.XFD_ERR);
        if ((error & PhysicalCpu.XTILE_DATA) == 0) {
            errorsLost++;
        }
        if (current.mayUseTiles()) {
            faultsWithoutCause++;
        }
        if (dice.oneIn(4)) {
            cpu.at(NM_HANDLER + 0x20).touch(memory.freshPage());
        }
        cpu.at(NM_HANDLER + 0x30).writeMsr(Msr.XFD_ERR, 0);
        current.grantTiles();
        xfdWritten = 0;
        cpu.at(NM_HANDLER + 0x90).writeMsr(Msr.XFD, 0);
    }

    void interrupt(GuestCpu cpu, int vector) {
        if (vector == Vector.TIMER) {
            cpu.at(TIMER_HANDLER).writeMsr(Msr.X2APIC_EOI, 0);
            armTimer(cpu.at(TIMER_HANDLER + 0x50));
            reschedule = true;
        } else {
            cpu.at(IRQ_WORK_HANDLER).writeMsr(Msr.X2APIC_EOI, 0);
            cpu.compute();
            reschedule |= vector == Vector.RESCHEDULE;
        }
    }

    /**
     * Tile data of the current task, if it is one for AMX: puts a content of its own in, or compares what is there with it.
     */
    void useTiles(GuestCpu cpu, Dice choices) {
        if (!current.usesAmx()) {
            return;
        }
        if (current.expectedTiles() == 0 || choices.oneIn(3)) {
            long content = current.number() << 32 | choices.next() & 0xffffffffL;
            cpu.loadTiles(content);
            current.setExpectedTiles(content);
        } else if (cpu.storeTiles() != current.expectedTiles()) {
            tilesLost++;
            cpu.loadTiles(current.expectedTiles());
        }
    }

    GuestReport report(long instructions) {
        return new GuestReport(
                instructions, tasksStarted, contextSwitches, tileFaults, errorsLost, faultsWithoutCause, tilesLost);
    }
}
