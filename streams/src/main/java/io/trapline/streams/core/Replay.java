package io.trapline.streams.core;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventFields.FpuSwitch;
import io.trapline.schemas.event.EventFields.Gap;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFields.OtherEvent;
import io.trapline.schemas.event.EventFields.PortIo;
import io.trapline.schemas.event.EventFields.UserspaceExit;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.GapReasons;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.schemas.table.Msrs;

/**
 * The step of the replay: what one event of a vCPU's thread does to the vCPU's state. Touches only its arguments. An
 * event that the state does not allow is told to the observer and leaves parts of the state unknown; it is never refused.
 * Rules that leave no trace are in {@link NotObservable}.
 */
public final class Replay {
    /** Accepted zero writes of IA32_XFD in a row that count as a steady flow (P12). */
    public static final int STEADY_ZERO_WRITES = 64;

    /** KVM_EXIT_FAIL_ENTRY: the CPU refused to enter the guest. */
    private static final long FAIL_ENTRY = 9;

    private Replay() {}

    /** Steps the state of a vCPU over the next event of its stream. */
    public static void step(VcpuState state, EventView event, Observer observer) {
        state.advanceTo(event.time());
        show(state, EventFamily.shownBy(event), observer);
        Turn turn = state.turn();
        if (turn.open && belongsToTurn(event)) {
            place(turn, event);
        }
        boolean afterXfdWrite = state.afterXfdWrite;
        if (!EventFlags.inInterrupt(event.flags())) {
            state.afterXfdWrite = false;
        }
        switch (event.kind()) {
            case VM_ENTRY -> enter(state, event, observer);
            case VM_EXIT -> exit(state, event, observer);
            case GUEST_MSR_ACCESS -> guestMsr(state, event, afterXfdWrite, observer);
            case HOST_MSR_ACCESS -> hostMsr(state, event, observer);
            case NESTED_ENTRY -> Nesting.entered(state, event, observer);
            case NESTED_EXIT -> Nesting.exited(state, observer);
            case NESTED_EXIT_REFLECTED -> Nesting.reflected(state, event, observer);
            case NESTED_ENTRY_FAILED -> Nesting.entryFailed(state);
            case NESTED_INTERRUPT_EXIT -> Nesting.interrupted(state);
            case NESTED_INTERCEPTS -> Nesting.intercepts(state, event);
            case SMM_TRANSITION -> Nesting.systemManagement(state);
            case EXCEPTION_INJECTED -> {
                turn.injection.exception(event);
                turn.refusedAccess().injected(event);
            }
            case INTERRUPT_INJECTED -> turn.injection.interrupt(event);
            case USERSPACE_EXIT -> userspace(state, event);
            case PORT_IO -> portIo(turn, event);
            case FPU_SWITCH -> fpu(state, event, observer);
            case GAP -> gap(state, event, observer);
            case IRQ_ENTRY -> interrupt(turn);
            case OTHER_EVENT -> other(state, event);
            case CPUID_EXECUTED -> state.guestCpuid().executed(event);
            case XSTATE_EVENT -> xstate(state, event, afterXfdWrite, observer);
            case SCHED_SWITCH -> state.cpuXfd().forget();
            case INTERCEPT_CHANGED -> {
                observer.groundTruth(state, event);
                state.groundTruth().intercept(event);
            }
            case EXCEPTION_BITMAP_CHANGED -> {
                observer.groundTruth(state, event);
                state.groundTruth().exceptionBitmap(event);
            }
            case PASSTHROUGH_ACCESS -> {
                observer.groundTruth(state, event);
                state.groundTruth().passthrough(state, event);
            }
            case GUEST_FAULT -> {
                observer.groundTruth(state, event);
                state.groundTruth().fault(state, event);
            }
            case MMIO -> turn.emulatedAccess.mmio(turn, event);
            case FAST_MMIO -> turn.emulatedAccess.fastMmio(turn, event);
            case CR_ACCESS -> turn.emulatedAccess.cr(turn, event);
            case HYPERCALL -> turn.emulatedAccess.hypercall(turn, event);
            // They move no item of the state; those that end the irqoff window have done so in place().
            case PAGE_FAULT,
                    HALT_WAKEUP,
                    APIC_EVENT,
                    APIC_IPI,
                    APIC_IRQ_ACCEPTED,
                    EOI,
                    PMC_READ,
                    EMULATED_INSTRUCTION,
                    UNKNOWN -> {}
        }
    }

    private static void gap(VcpuState state, EventView event, Observer observer) {
        lose(state, observer);
        if (event.text(Gap.REASON).equals(GapReasons.ANOTHER_RECORDING)) {
            // R4's flag survives losses, but not the vCPU: here begins another life, perhaps another kernel's.
            state.forgetNowi();
        }
    }

    /** Where no exit asked for it, an interrupt shows that IRQs are on: the irqoff window is over. */
    private static void interrupt(Turn turn) {
        if (turn.open && !Exits.isExternalInterrupt(turn.isa, turn.reason)) {
            turn.windowOpen = false;
        }
    }

    /** A vCPU is made, or its TSC set: a VMM may have put a new vCPU in the place of the old one. */
    private static void other(VcpuState state, EventView event) {
        boolean known = state.nowi || state.guestCpuid().isKnown();
        if (known && event.text(OtherEvent.NAME).equals("kvm_track_tsc")) {
            state.forgetNowi();
        }
    }

    /** Events are missing here. */
    public static void lose(VcpuState state, Observer observer) {
        if (state.turn().open) {
            breakTurn(state, observer, true);
        }
        state.lossSeen = true;
        state.forgetAllButNowi();
    }

    /** The stream ends here: an exit that waits for its entry will not get one. */
    public static void end(VcpuState state, Observer observer) {
        if (state.turn().open) {
            breakTurn(state, observer, false);
        }
        state.turn().close();
    }

    private static void show(VcpuState state, long families, Observer observer) {
        long first = state.show(families);
        if (first != 0) {
            EventFamily.forEach(first, observer::familyShown);
        }
    }

    /** An entry or exit bounds the turn; a record of an interrupt is not the thread's. */
    private static boolean belongsToTurn(EventView event) {
        return event.kind() != EventKind.VM_ENTRY
                && event.kind() != EventKind.VM_EXIT
                && !EventFlags.inInterrupt(event.flags());
    }

    /** Where the record stands in its turn: in the irqoff window or after it (specification, 2.2), on which path. */
    private static void place(Turn turn, EventView event) {
        int flags = event.flags();
        boolean irqsOn = (flags & EventFlags.RECORDED) != 0 && (flags & EventFlags.IRQS_OFF) == 0;
        if (irqsOn || !turn.slowRecord && SlowPath.writes(event)) {
            turn.windowOpen = false;
            turn.slowRecord = true;
        }
    }

    private static void enter(VcpuState state, EventView event, Observer observer) {
        Turn turn = state.turn();
        observer.entered(state, event);
        if (state.phase == Phase.IN_GUEST) {
            observer.entryAfterEntry(state, event);
            losePairing(state);
        } else if (turn.open) {
            decide(state, turn, true);
            turn.injection.entered(event);
            XfdErr.readsAreMissing(state, turn, observer);
            observer.paired(state);
            observer.turnEnded(state, turn, event);
            XfdErr.entered(state, turn);
            Nesting.settled(state, turn);
            if (turn.msrAccesses > 0 && turn.level == Level.L1) {
                state.openedMsrs().accessed(state.msrAccess());
            }
            turn.close();
        }
        state.guestXstate().entered(state, observer);
        state.keptXfd().entered(state);
        state.cpuXfd().forget();
        state.phase = Phase.IN_GUEST;
    }

    private static void exit(VcpuState state, EventView event, Observer observer) {
        if (state.turn().open) {
            breakTurn(state, observer, false);
            observer.exitAfterExit(state, event);
            losePairing(state);
        } else if (state.phase == Phase.IN_GUEST) {
            observer.paired(state);
        }
        begin(state, event);
        state.phase = Phase.IN_HOST;
    }

    private static void begin(VcpuState state, EventView event) {
        Turn turn = state.turn();
        turn.begin();
        state.keptXfd().begin();
        state.cpuXfd().forget();
        if (state.seen(EventFamily.GROUND_TRUTH)) {
            state.groundTruth().exited(state);
        }
        turn.seq = event.seq();
        turn.time = state.time;
        turn.source = event.source();
        turn.isa = (int) event.get(VmExit.ISA);
        turn.reason = event.get(VmExit.EXIT_REASON);
        turn.info1 = event.get(VmExit.INFO1);
        turn.info2 = event.get(VmExit.INFO2);
        turn.intrInfo = event.get(VmExit.INTR_INFO);
        turn.intrInfoKnown = event.has(VmExit.INTR_INFO);
        turn.requestsKnown = event.has(VmExit.REQUESTS);
        turn.levelAtExit = state.level;
        turn.levelProvedAtExit = state.levelProved;
        turn.nowiAtExit = state.nowi;
        turn.xfdAtExit = state.xfd;
        turn.xfdAtExitKnown = state.xfdKnown;
        turn.xfdErrAtExit = state.xfdErr;
        turn.xfdErrAtExitKnown = state.xfdErrKnown;
        turn.doubtful = state.pairingLost;
        if (turn.mayBeDeviceNotAvailable()) {
            XfdErr.mayHaveBeenCaptured(state, turn);
        }
        int flags = event.flags();
        if ((flags & EventFlags.RECORDED) != 0 && (flags & EventFlags.IRQS_OFF) == 0) {
            // The form of kernels that write kvm_exit late: the window was over before it.
            turn.windowVisible = false;
            turn.windowOpen = false;
        }
        state.isa = turn.isa;
        state.hypervisorGuest |= Exits.entersNested(turn.isa, turn.reason);
        if (Exits.changesVmcs12(turn.isa, turn.reason)) {
            state.presentL2.forget();
        }
    }

    private static void breakTurn(VcpuState state, Observer observer, boolean lost) {
        Turn turn = state.turn();
        decide(state, turn, false);
        observer.turnBroken(state, turn, lost);
        turn.close();
    }

    private static void decide(VcpuState state, Turn turn, boolean complete) {
        turn.path = FastPath.pathOf(state, turn);
        turn.level = Nesting.levelOf(state, turn, complete);
    }

    /** P23: a record is missing, or SVM's fast path, which only L1 takes, wrote none: the level survives the second. */
    private static void losePairing(VcpuState state) {
        Level level = state.isa == ExitReasons.SVM ? state.level : Level.UNKNOWN;
        state.forgetAllButNowi();
        state.level = level;
        state.pairingLost = true;
    }

    private static void guestMsr(VcpuState state, EventView event, boolean afterXfdWrite, Observer observer) {
        Turn turn = state.turn();
        long index = event.get(GuestMsrAccess.INDEX);
        state.msrAccess().happens(event);
        observer.guestMsrAccess(state, event);
        if (turn.open) {
            if (turn.msrAccesses == 0) {
                turn.firstMsr = index;
                turn.firstMsrWrite = event.is(GuestMsrAccess.WRITE);
            }
            turn.msrAccesses++;
            turn.fastMsrWrite |= SlowPath.isFastWrite(event);
        }
        if (turn.open && state.msrAccess().ofXfd() && state.msrAccess().failed()) {
            turn.refusedAccess().refused(state.msrAccess());
        }
        if (index == Msrs.IA32_XFD) {
            Xfd.guestAccess(state, event, afterXfdWrite, observer);
        } else if (index == Msrs.IA32_XFD_ERR) {
            XfdErr.guestAccess(state, event);
        }
    }

    private static void hostMsr(VcpuState state, EventView event, Observer observer) {
        long index = event.get(HostMsrAccess.INDEX);
        boolean ours = index == Msrs.IA32_XFD || index == Msrs.IA32_XFD_ERR;
        // An interrupt's access is not the thread's.
        if (!ours || EventFlags.inInterrupt(event.flags())) {
            return;
        }
        if (event.is(HostMsrAccess.FAILED)) {
            // It shows no value.
            XfdErr.failed(state.turn(), event);
        } else if (index == Msrs.IA32_XFD) {
            state.cpuXfd().accessInTurn(state, event, observer);
            Xfd.hostAccess(state, event, observer);
        } else {
            XfdErr.hostAccess(state, event);
        }
    }

    private static void userspace(VcpuState state, EventView event) {
        state.turn().userspace = true;
        Nesting.mayHaveChanged(state);
        state.keptXfd().forget();
        boolean refused = event.has(UserspaceExit.REASON) && event.get(UserspaceExit.REASON) == FAIL_ENTRY;
        if (refused && state.phase == Phase.IN_GUEST) {
            // vmx->fail: the entry has no exit, and the next entry is legal.
            state.phase = Phase.IN_HOST;
        }
    }

    private static void portIo(Turn turn, EventView event) {
        if (turn.open && !turn.portIo) {
            turn.portIo = true;
            turn.firstPort = (int) event.get(PortIo.PORT);
            turn.firstPortWrite = event.is(PortIo.WRITE);
        }
    }

    /** A record of an interrupt is not the thread's. */
    private static void xstate(VcpuState state, EventView event, boolean afterXfdWrite, Observer observer) {
        if (!EventFlags.inInterrupt(event.flags())) {
            state.guestXstate().event(state, event, afterXfdWrite, observer);
        }
    }

    private static void fpu(VcpuState state, EventView event, Observer observer) {
        boolean load = event.is(FpuSwitch.LOAD);
        observer.fpuSwitched(state, load);
        state.guestXstate().switched(state, load, observer);
        state.fpuKnown = true;
        state.fpuLoaded = load;
        if (load) {
            // It begins KVM_RUN, or ends a reset by INIT.
            Nesting.mayHaveChanged(state);
            // The restart point for all that missing records had made doubtful (P23, P27).
            state.pairingLost = false;
        }
    }
}
