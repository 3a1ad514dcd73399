package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.Dice;
import io.trapline.producer.emulator.GuestCpu;
import io.trapline.producer.emulator.GuestMemory;
import io.trapline.producer.emulator.GuestReport;
import io.trapline.producer.emulator.Msr;
import io.trapline.producer.emulator.Vector;
import io.trapline.producer.emulator.guest.GuestMix.ArmsXfd;

/**
 * What a guest's kernel does about XFD and the FPU. As Linux: arms XFD on bring-up, grants tile data on the first #NM of a
 * task, and switches XFD and tiles with the tasks, leaving out a WRMSR that would change nothing. Unlike Linux of today, FPU
 * state can be switched lazily: CR0.TS is set with the tasks, and the first use by another one is #NM.
 */
final class GuestKernel {
    private static final long TEXT = 0xffffffff81000000L;
    private static final long BRING_UP = TEXT + 0x1a2c0;
    private static final long SWITCH = TEXT + 0x2f4e1;
    private static final long NM_HANDLER = TEXT + 0x9b0d4;
    private static final long TIMER_HANDLER = TEXT + 0xa11f0;
    private static final long IRQ_WORK_HANDLER = TEXT + 0xa1380;

    private static final long TASK_SWITCHED = 8;
    /** The guest knows its TSC: it advances this much from one instruction to the next. */
    private static final int TSC_PER_INSTRUCTION = 128;

    private final Dice dice;
    private final GuestMemory memory;
    private final GuestMix mix;
    private GuestTask current;
    private boolean keepsXfd;
    private GuestTask fpuOwner;
    private long xfdWritten;
    private boolean reschedule;
    private boolean ticked;

    private long tasksStarted;
    private long contextSwitches;
    private long tileFaults;
    private long errorsLost;
    private long faultsWithoutCause;
    private long tilesLost;

    GuestKernel(Dice dice, GuestMemory memory, GuestMix mix) {
        this.dice = dice;
        this.memory = memory;
        this.mix = mix;
    }

    /** {@code fpu__init_cpu_xstate}: XFD before XSETBV, "to allow KVM lazy passthrough" (R4). */
    void bringUpFpu(GuestCpu cpu) {
        if (mix.armsXfd() == ArmsXfd.AT_BOOT) {
            writeXfd(GuestTask.TILE_DATA, cpu.at(BRING_UP));
            keepsXfd = true;
        }
        cpu.at(BRING_UP + 0x40).xsetbv();
    }

    /** Instead of booting: what memory and registers say when a migration has brought the guest here. */
    void restored(GuestTask task, long xfd) {
        current = task;
        keepsXfd = true;
        xfdWritten = xfd;
        if (xfd == 0) {
            task.grantTiles();
        }
    }

    private void writeXfd(long value, GuestCpu cpu) {
        xfdWritten = value;
        cpu.writeMsr(Msr.XFD, value);
    }

    /** What runs L2 sets XFD for it, and leaves out a WRMSR that would change nothing. */
    void setXfd(long value, GuestCpu cpu) {
        if (value != xfdWritten) {
            writeXfd(value, cpu);
        }
    }

    /** The register was read: L2 has written it. */
    void xfdIs(long value) {
        xfdWritten = value;
    }

    long xfdOf(GuestTask task) {
        return keepsXfd ? task.xfd() : 0;
    }

    /**
     * The current task puts a content of its own into its tiles, or compares what is there with it. Where XFD is not kept,
     * nothing tells the kernel of tile data, and it saves tiles always.
     */
    void useTiles(GuestCpu cpu) {
        if (!keepsXfd) {
            current.grantTiles();
        }
        if (current.expectedTiles() == 0 || dice.oneIn(3)) {
            long content = current.number() << 32 | dice.next() & 0xffffffffL;
            cpu.loadTiles(content);
            current.setExpectedTiles(content);
        } else if (cpu.storeTiles() != current.expectedTiles()) {
            tilesLost++;
            cpu.loadTiles(current.expectedTiles());
        }
    }

    void armTimer(GuestCpu cpu) {
        int instructions = dice.between(mix.timerMin(), mix.timerMax());
        cpu.writeMsr(Msr.TSC_DEADLINE, cpu.tsc() + (long) instructions * TSC_PER_INSTRUCTION);
    }

    /** To this vCPU. */
    void sendIrqWork(GuestCpu cpu) {
        cpu.at(IRQ_WORK_HANDLER + 0x100).writeMsr(Msr.X2APIC_ICR, (long) cpu.number() << 32 | Vector.IRQ_WORK);
    }

    /** {@code smp_send_reschedule}, to another vCPU of this VM. */
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
        keepsXfd |= ticked && mix.armsXfd() == ArmsXfd.AT_FIRST_TICK;
        if (keepsXfd && next.xfd() != xfdWritten) {
            writeXfd(next.xfd(), cpu.at(SWITCH + 0x60));
        }
        cpu.xrstorTiles(next.savedTiles());
        if (mix.lazyFpuTasks() > 0) {
            setTaskSwitched(cpu, next != fpuOwner);
        }
        current = next;
        cpu.at(current.text());
    }

    private static void setTaskSwitched(GuestCpu cpu, boolean set) {
        long before = cpu.cr0();
        long after = set ? before | TASK_SWITCHED : before & ~TASK_SWITCHED;
        if (after != before) {
            cpu.writeCr0(after);
        }
    }

    /** CR0.TS goes before XFD: it says nothing about tile data, and XFD_ERR is not looked at. */
    void deviceNotAvailable(GuestCpu cpu) {
        cpu.at(NM_HANDLER);
        if (mix.lazyFpuTasks() > 0 && (cpu.cr0() & TASK_SWITCHED) != 0) {
            setTaskSwitched(cpu, false);
            fpuOwner = current;
        } else {
            tileFault(cpu);
        }
    }

    /**
     * {@code exc_device_not_available}. Where XFD_ERR is empty, or the task has tile data already, Linux would die or fault
     * for ever; this kernel counts it and goes on, so that the rest of the run stays comparable.
     */
    private void tileFault(GuestCpu cpu) {
        tileFaults++;
        long error = cpu.at(NM_HANDLER).readMsr(Msr.XFD_ERR);
        if ((error & GuestTask.TILE_DATA) == 0) {
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
        writeXfd(0, cpu.at(NM_HANDLER + 0x90));
    }

    void interrupt(GuestCpu cpu, int vector) {
        if (vector == Vector.TIMER) {
            cpu.at(TIMER_HANDLER).writeMsr(Msr.X2APIC_EOI, 0);
            armTimer(cpu.at(TIMER_HANDLER + 0x50));
            reschedule = true;
            ticked = true;
        } else {
            cpu.at(IRQ_WORK_HANDLER).writeMsr(Msr.X2APIC_EOI, 0);
            cpu.compute();
            reschedule |= vector == Vector.RESCHEDULE;
        }
    }

    GuestReport report(long instructions) {
        return new GuestReport(
                instructions, tasksStarted, contextSwitches, tileFaults, errorsLost, faultsWithoutCause, tilesLost);
    }
}
