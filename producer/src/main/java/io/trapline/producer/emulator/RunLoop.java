package io.trapline.producer.emulator;

import java.util.Set;

/**
 * KVM's way out of the guest and back into it, {@code vcpu_enter_guest} and what it calls: every exit begins and ends here,
 * whatever it is for.
 */
final class RunLoop {
    static final int NO_EXCEPTION = -1;
    private static final int UNRECORDED_ENTRY_EVERY = 64;
    private static final int WRONG_INJECTION_EVERY = 4;
    private static final int INTERRUPT_USES_FPU_ONE_IN = 8;
    private static final long VALID = 0x80000000L;
    private static final long EXCEPTION = VALID | 0x300;
    private static final long GP_WITH_CODE = EXCEPTION | 0x800 | Vector.GP;
    static final int EXCEPTIONS_END = 32;

    private final VcpuThread thread;
    private final ControlBlocks blocks;
    private final XfdDecisions xfd;
    private final HostFpu fpu;
    private final LocalApic apic;
    private final TraceRecorder recorder;
    private final CostModel costs;
    private final boolean recordsExitEarly;
    private final Dice interrupts;
    private final boolean losesEntryRecords;
    private final boolean queuesNmTwice;
    private final boolean announcesAnother;

    private int pendingException = NO_EXCEPTION;
    private boolean reinjected;
    private long entries;
    private long exceptions;

    RunLoop(
            VcpuThread thread,
            ControlBlocks blocks,
            XfdDecisions xfd,
            HostFpu fpu,
            LocalApic apic,
            TraceRecorder recorder,
            KvmSetup setup,
            String purpose) {
        this.thread = thread;
        this.blocks = blocks;
        this.xfd = xfd;
        this.fpu = fpu;
        this.apic = apic;
        this.recorder = recorder;
        costs = setup.costs();
        recordsExitEarly = setup.isa() == Isa.VMX || setup.profile().recordsSvmExitsEarly();
        interrupts = new Dice(setup.seed(), "interrupts" + purpose);
        Set<Bug> bugs = setup.bugs();
        losesEntryRecords = bugs.contains(Bug.UNRECORDED_ENTRY);
        queuesNmTwice = bugs.contains(Bug.NM_QUEUED_TWICE);
        announcesAnother = bugs.contains(Bug.WRONG_INJECTION);
    }

    /** From the exit to the point where the handler has IRQs on. */
    void exit(ExitReason reason, long info1, long info2, long intrInfo) {
        beginExit(reason, info1, info2, intrInfo);
        boolean deviceNotAvailable = reason == ExitReason.DEVICE_NOT_AVAILABLE;
        xfd.afterSlowExit(deviceNotAvailable);
        boolean interrupt = reason == ExitReason.EXTERNAL_INTERRUPT;
        if (interrupt) {
            thread.clock().spend(costs.hostInterrupt());
        }
        recorder.irqsOn();
        if (!recordsExitEarly) {
            recorder.exit(reason, blocks.loaded().rip(), info1, info2, intrInfo);
        }
        xfd.afterIrqsOn(deviceNotAvailable);
        if (blocks.inL2()) {
            recorder.nestedExit(reason, blocks.loaded().rip(), info1, info2, intrInfo);
        }
        if (!interrupt) {
            thread.clock().spend(costs.handler());
        }
        if (recorder.recordsHost() && interrupts.oneIn(INTERRUPT_USES_FPU_ONE_IN)) {
            fpu.usedByInterrupt();
        }
    }

    void exit(ExitReason reason, long info1) {
        exit(reason, info1, 0, 0);
    }

    /** The exit of which a handler takes care with IRQs still off (R17). */
    void beginExit(ExitReason reason, long info1, long info2, long intrInfo) {
        thread.clock().spend(costs.exit());
        recorder.irqsOff();
        if (recordsExitEarly) {
            recorder.exit(reason, blocks.loaded().rip(), info1, info2, intrInfo);
        }
    }

    /** Such an exit leaves the loop after all. */
    void leaveFastPath(ExitReason reason, long info1) {
        xfd.afterSlowExit(false);
        recorder.irqsOn();
        if (!recordsExitEarly) {
            recorder.exit(reason, blocks.loaded().rip(), info1, 0, 0);
        }
    }

    /** Such an exit is done: back into the guest without R14 to R16. */
    void reenter() {
        thread.clock().spend(costs.exit());
        recorder.entry(blocks.loaded().rip(), 0);
    }

    /** Queues an exception for the next entry. */
    void queue(int vector, boolean again) {
        pendingException = vector;
        reinjected = again;
    }

    /** Whether an entry would deliver an interrupt or make L2 exit for one. */
    boolean hasInterrupt() {
        return apic.injectable() != LocalApic.NONE;
    }

    void enterAfter(int instructionLength) {
        Vmcs vmcs = blocks.loaded();
        vmcs.setRip(vmcs.rip() + instructionLength);
        enter();
    }

    void enter() {
        injectPending();
        if (costs.injection() > 0 && blocks.loaded().injection() != Vmcs.NO_INJECTION) {
            thread.clock().spend(costs.injection());
        }
        recorder.irqsOff();
        fpu.returnToGuest();
        xfd.beforeEntry();
        thread.clock().spend(costs.exit());
        entries++;
        if (!losesEntryRecords || entries % UNRECORDED_ENTRY_EVERY != 0) {
            recorder.entry(blocks.loaded().rip(), injectionField(blocks.loaded().injection()));
        }
    }

    /** {@code inject_pending_event}: an exception goes first; an interrupt that cannot go with this entry asks for a window. */
    private void injectPending() {
        Vmcs vmcs = blocks.loaded();
        boolean exception = pendingException != NO_EXCEPTION;
        if (exception) {
            injectException(vmcs);
        }
        // What L1 injects into L2 goes first as well; and interrupts are L1's while L2 runs.
        if (apic.injectable() == LocalApic.NONE || blocks.inL2()) {
            return;
        }
        int vector = apic.injectable();
        if (exception || !vmcs.interruptsEnabled()) {
            vmcs.wantInterruptWindow(true);
        } else {
            apic.accept(vector);
            recorder.interruptInjected(vector);
            vmcs.inject(vector);
            vmcs.wantInterruptWindow(false);
        }
    }

    private void injectException(Vmcs vmcs) {
        boolean another = announcesAnother && ++exceptions % WRONG_INJECTION_EVERY == 0;
        recorder.exceptionInjected(another ? Vector.GP : pendingException, reinjected);
        if (queuesNmTwice && pendingException == Vector.NM && !reinjected) {
            recorder.exceptionInjected(pendingException, false);
        }
        vmcs.inject(pendingException);
        pendingException = NO_EXCEPTION;
    }

    /** An event in the form of the entry's interruption field, and of the one that says what an exit has interrupted. */
    static long injectionField(int vector) {
        if (vector == Vmcs.NO_INJECTION) {
            return 0;
        } else if (vector == Vector.GP) {
            return GP_WITH_CODE;
        }
        return vector < EXCEPTIONS_END ? EXCEPTION | vector : VALID | vector;
    }
}
