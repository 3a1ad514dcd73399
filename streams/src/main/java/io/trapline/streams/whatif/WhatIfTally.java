package io.trapline.streams.whatif;

import io.trapline.schemas.avro.WhatIfTallyRow;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventFields.GuestFault;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.InterceptChanged;
import io.trapline.schemas.event.EventFields.PassthroughAccess;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.table.Msrs;
import io.trapline.streams.core.ErrToken;
import io.trapline.streams.core.Exits;
import io.trapline.streams.core.GroundTruth;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.Path;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.Arrays;

/**
 * What one vCPU did, as far as the strategies of the specification, section 5, look at it: listens to the replay beside
 * policies and costs, counts acts, and notes where each loss comes first. No strategy is asked here.
 */
public final class WhatIfTally {
    private static final int NM_VECTOR = 7;

    private final LevelActs acts = new LevelActs();
    private final LossPlace[] losses =
            Arrays.stream(Loss.values()).map(LossPlace::new).toArray(LossPlace[]::new);
    private final Machines machines = new Machines();
    private final AtExit exit = new AtExit();

    /** R4's flag, and the register, as ground truth tells them. */
    private boolean trueOpen;

    private long trueXfd;
    /** Some exit has read XFD back. */
    private boolean readsBack;
    /** R4's flag at the exit before. */
    private boolean wasOpen;
    /** R28: the write that ended the interception was L2's. */
    private boolean openedInL2;

    private boolean specCtrlOpen;
    private boolean specCtrlClosed;
    /** Something shows that the guest has armed XFD. */
    private boolean armed;

    private static boolean hasTruth(VcpuState at) {
        return at.seen(EventFamily.GROUND_TRUTH);
    }

    /** A guest access to an MSR that exited; before the replay has taken it. */
    public void guestMsr(VcpuState at, EventView access) {
        long index = access.get(GuestMsrAccess.INDEX);
        boolean write = access.is(GuestMsrAccess.WRITE);
        boolean failed = access.is(GuestMsrAccess.FAILED);
        long data = access.get(GuestMsrAccess.DATA);
        if (index == Msrs.IA32_XFD) {
            // A read that KVM refuses exits under any rule.
            begin(at, at.level() != Level.L2 && (write || !failed));
            exit.refused |= failed;
            interceptedXfd(at, write && !failed, data);
        } else if (index == Msrs.IA32_SPEC_CTRL) {
            begin(at, false);
            specCtrlOpen |= write && !failed && data != 0;
            specCtrlClosed = !specCtrlOpen;
        }
    }

    private void begin(VcpuState at, boolean accessOfL1) {
        if (at.turn().open()) {
            begin(at, at.turn(), accessOfL1);
        }
    }

    private void interceptedXfd(VcpuState at, boolean accepted, long data) {
        boolean truth = hasTruth(at);
        boolean ofL2 = at.level() == Level.L2;
        boolean wasOpenBefore = truth ? trueOpen : at.nowi();
        if (!truth && !wasOpenBefore && !ofL2) {
            // R6, R8: had the flag been set, this would not have exited.
            acts.clearBit(Act.OPEN_UNKNOWN);
            exit.openUnknown = false;
        }
        if (!accepted) {
            return;
        }
        if (data != 0 && !wasOpenBefore) {
            machines.beginSeen = true;
            openedInL2 = ofL2;
        }
        written(data);
        // Under I1 a write of L1 would not have exited any more, whatever rule the recorded kernel had.
        if (ofL2 || !wasOpenBefore) {
            machines.told(data);
        }
    }

    private void written(long data) {
        armed |= data != 0;
        trueOpen |= data != 0;
        trueXfd = data;
        machines.written(data);
    }

    /** An event that only an emulator has. */
    public void groundTruth(VcpuState at, EventView event) {
        switch (event.kind()) {
            case PASSTHROUGH_ACCESS -> passthrough(at, event);
            case GUEST_FAULT -> {
                if (event.get(GuestFault.VECTOR) == NM_VECTOR) {
                    untrappedNm(at, event);
                }
            }
            case INTERCEPT_CHANGED -> {
                boolean ofXfd = event.get(InterceptChanged.INDEX) == Msrs.IA32_XFD;
                // User space may have set XFD, which leaves no other record (R7).
                trueOpen |= ofXfd && event.is(InterceptChanged.WRITE) && !event.is(InterceptChanged.INTERCEPTED);
            }
            case EXCEPTION_BITMAP_CHANGED -> exceptionBitmap(at, event);
            default -> {}
        }
    }

    /** R7: user space sets XFD without a record; that KVM traps #NM from then on, and not for XCR0 (T5), shows it. */
    private void exceptionBitmap(VcpuState at, EventView event) {
        boolean byXcr0 =
                at.turn().open() && Exits.isXsetbv(at.turn().isa(), at.turn().reason());
        if (!armed && !byXcr0 && at.groundTruth().beginsToTrapNm(event)) {
            machines.beginSeen = true;
            written(InterceptRule.BOOT_VALUE);
            machines.told(InterceptRule.BOOT_VALUE);
        }
    }

    private void passthrough(VcpuState at, EventView event) {
        if (event.get(PassthroughAccess.INDEX) != Msrs.IA32_XFD) {
            return;
        }
        boolean write = event.is(PassthroughAccess.WRITE);
        boolean failed = event.is(PassthroughAccess.FAILED);
        acts.add(at.level(), Act.XFD_ACCESS | bitsNow() | Act.bit(write, Act.XFD_WRITE) | Act.bit(failed, Act.REFUSED));
        if (write && !failed) {
            written(event.get(PassthroughAccess.DATA));
        }
    }

    private int bitsNow() {
        return Act.bit(trueOpen, Act.OPEN)
                | Act.bit(machines.openI4, Act.OPEN_I4)
                | Act.bit(machines.openI5, Act.OPEN_I5)
                | Act.bit(specCtrlOpen, Act.SPEC_CTRL);
    }

    private void untrappedNm(VcpuState at, EventView event) {
        long err = event.get(GuestFault.XFD_ERR);
        boolean isArmed = trueXfd != 0;
        boolean fault = isArmed && err != 0;
        boolean seenArmed = machines.seenKnown && machines.seen != 0;
        if (fault) {
            Fault place = new Fault(at.level(), event.seq(), event.time(), event.source(), trueXfd, err);
            faulted(place, trueOpen, machines.openI4, machines.openI5, !seenArmed, false);
            if (openedInL2 && at.level() == Level.L1) {
                place.at(Loss.STALE_EB01);
            }
        }
        acts.add(
                at.level(),
                Act.NM
                        | bitsNow()
                        | Act.bit(isArmed, Act.ARMED)
                        | Act.bit(seenArmed, Act.SEEN_ARMED)
                        | Act.bit(fault, Act.FAULT));
        // Where it would have been trapped, it would have been an exit that finds XFD as it is.
        machines.exited(trueXfd);
    }

    /** An entry ends the turn. */
    public void turnEnded(VcpuState at, Turn turn) {
        readsBack |= turn.synced();
        if (turn.path() != Path.FAST || !provesFastPath(at, turn)) {
            count(at, turn);
        }
    }

    /**
     * An exit without a record of the slow path took the fast one if the slow one would have read XFD back. Up to 6.11 the same
     * exit may have left the run loop all the same (R17), and that shows in nothing else.
     */
    private boolean provesFastPath(VcpuState at, Turn turn) {
        boolean passedThrough = at.groundTruth().xfdWriteAtExit() == GroundTruth.Bit.CLEAR;
        return hasTruth(at) ? passedThrough && readsBack : turn.nowiAtExit();
    }

    /** The turn never gets its entry: it counts where its irqoff window was seen. */
    public void turnBroken(VcpuState at, Turn turn, boolean lost) {
        boolean seen = turn.synced() || turn.windowOver();
        if (!lost && seen && turn.path() == Path.SLOW) {
            count(at, turn);
        }
    }

    private void count(VcpuState at, Turn turn) {
        begin(at, turn, false);
        int act;
        if (turn.isDeviceNotAvailable()) {
            act = trappedNm(turn);
        } else if (accessesXfd(turn)) {
            boolean ofL2 = turn.level() == Level.L2;
            act = (ofL2 ? Act.PLAIN : Act.XFD_ACCESS)
                    | Act.bit(turn.firstMsrWrite(), Act.XFD_WRITE)
                    | Act.bit(exit.refused, Act.REFUSED);
        } else {
            act = Act.PLAIN
                    | Act.bit(turn.path() != Path.SLOW, Act.PATH_UNKNOWN)
                    | Act.bit(turn.mayBeDeviceNotAvailable(), Act.MAY_BE_NM);
        }
        findStaleBitmap(turn);
        acts.add(turn.level(), act | exit.bits() | Act.EXITED | Act.bit(turn.nestedReflected(), Act.REFLECTED));
    }

    private static boolean accessesXfd(Turn turn) {
        return turn.msrAccesses() > 0
                && turn.firstMsr() == Msrs.IA32_XFD
                && Exits.isMsrAccess(turn.isa(), turn.reason());
    }

    private int trappedNm(Turn turn) {
        boolean fault = turn.captured() && turn.capturedValue() != 0;
        if (turn.captured() && !exit.xfdKnown) {
            // R12 reads XFD_ERR only where XFD is not 0.
            exit.xfdKnown = true;
            exit.xfd = InterceptRule.BOOT_VALUE;
        }
        if (fault) {
            Fault place =
                    new Fault(turn.level(), turn.seq(), turn.time(), turn.source(), exit.xfd, turn.capturedValue());
            boolean unseen = exit.seenKnown && exit.seen == 0;
            faulted(place, exit.open, exit.openI4, exit.openI5, unseen, turn.nestedReflected());
        }
        return Act.NM | exit.faultBits() | Act.bit(fault, Act.FAULT);
    }

    /** Where the losses of a fault are noted. */
    private final class Fault {
        private final Level level;
        private final long seq;
        private final long time;
        private final long source;
        private final long xfd;
        private final long err;

        Fault(Level level, long seq, long time, long source, long xfd, long err) {
            this.level = level;
            this.seq = seq;
            this.time = time;
            this.source = source;
            this.xfd = xfd;
            this.err = err;
        }

        void at(Loss loss) {
            losses[loss.ordinal()].find(level, seq, time, source, xfd, err, acts);
        }
    }

    private void faulted(Fault fault, boolean open, boolean openI4, boolean openI5, boolean unseen, boolean reflected) {
        if (reflected) {
            // L1 traps #NM: it exits whatever L0 wants.
            return;
        }
        fault.at(Loss.FAULT_UNTRAPPED);
        if (unseen) {
            fault.at(Loss.FAULT_ARMED_UNSEEN);
        }
        if (fault.level == Level.L2) {
            fault.at(Loss.FAULT_OF_L2_KEPT);
        }
        boolean ruleKnown = machines.beginSeen && open;
        if (ruleKnown && !openI4) {
            fault.at(Loss.FAULT_BEFORE_OPENING);
        }
        if (ruleKnown && !openI5) {
            fault.at(Loss.FAULT_WHILE_CLOSED);
        }
    }

    /** P6's witness, where R28 is the cause. */
    private void findStaleBitmap(Turn turn) {
        boolean unexplained = turn.guestClear() && turn.errTokenAtClear() == ErrToken.NONE;
        if (unexplained && openedInL2 && turn.level() == Level.L1 && exit.xfdKnown && exit.xfd != 0) {
            losses[Loss.STALE_EB01.ordinal()].find(
                    turn.level(), turn.seq(), turn.time(), turn.source(), exit.xfd, 0, acts);
        }
    }

    /** Takes down what held at the exit, once, and lets the rules see it. Only slow exits get here. */
    private void begin(VcpuState at, Turn turn, boolean accessOfL1) {
        if (exit.isOf(turn.seq())) {
            return;
        }
        exit.begin(turn.seq());
        boolean truth = hasTruth(at);
        exit.open = truth ? trueOpen : turn.nowiAtExit() || turn.synced();
        exit.openUnknown = !truth && !exit.open;
        exit.xfdKnown = truth || turn.synced();
        exit.xfd = truth ? trueXfd : turn.syncedValue();
        if (wasOpen && !exit.open) {
            machines.forget();
            specCtrlOpen = false;
            specCtrlClosed = false;
        }
        wasOpen = exit.open;
        exit.specCtrl = specCtrlOpen;
        exit.specCtrlUnknown = !specCtrlOpen && !truth && (!specCtrlClosed || at.lossSeen());
        beginRules(turn, truth, accessOfL1);
    }

    private void beginRules(Turn turn, boolean truth, boolean accessOfL1) {
        exit.seen = machines.seen;
        exit.seenKnown = machines.seenKnown || truth;
        boolean changed = turn.synced() && turn.xfdAtExitKnown() && turn.xfdAtExit() != turn.syncedValue();
        if (changed && !truth) {
            hiddenWrite(turn.syncedValue());
        }
        exit.openI4 = machines.openI4;
        exit.openI5 = machines.openI5;
        // Once the interception has ended, an access of L1 exits only under the rule that was recorded.
        if (exit.xfdKnown && exit.open && !accessOfL1) {
            armed |= exit.xfd != 0;
            findStaleCopy(turn, truth);
            machines.seen = exit.xfd;
            machines.seenKnown = true;
            machines.exited(exit.xfd);
        }
    }

    private void hiddenWrite(long value) {
        boolean opensI4 = !machines.openI4 && value != InterceptRule.BOOT_VALUE;
        boolean opensI5 = !machines.openI5 && value != 0;
        acts.add(Level.L1, Act.HIDDEN_WRITE | Act.bit(opensI4, Act.OPEN_I4) | Act.bit(opensI5, Act.OPEN_I5));
        machines.written(value);
    }

    private void findStaleCopy(Turn turn, boolean truth) {
        boolean known = machines.copyKnown || truth;
        if (!known) {
            machines.copy = exit.xfd;
            machines.copyKnown = true;
        } else if (machines.copy != exit.xfd) {
            Level level = turn.levelAtExit();
            losses[Loss.STALE_COPY.ordinal()].find(
                    level, turn.seq(), turn.time(), turn.source(), exit.xfd, machines.copy, acts);
            if (!exit.specCtrl && !exit.specCtrlUnknown) {
                losses[Loss.STALE_COPY_BY_SPEC_CTRL.ordinal()].find(
                        level, turn.seq(), turn.time(), turn.source(), exit.xfd, machines.copy, acts);
            }
        }
    }

    /** All items in the order of the snapshot. */
    public void each(Items items) {
        acts.each(items);
        for (LossPlace loss : losses) {
            loss.each(items);
        }
        machines.each(items);
        exit.each(items);
        trueOpen = items.next(trueOpen);
        trueXfd = items.next(trueXfd);
        readsBack = items.next(readsBack);
        wasOpen = items.next(wasOpen);
        openedInL2 = items.next(openedInL2);
        specCtrlOpen = items.next(specCtrlOpen);
        specCtrlClosed = items.next(specCtrlClosed);
        armed = items.next(armed);
    }

    /** What the stream amounts to. */
    public WhatIfTallyRow toRow(String analysis, StreamKey stream, VcpuState at, int isaSeen) {
        return new WhatIfTallyRow(
                analysis,
                stream.run(),
                stream.vm(),
                stream.vcpu(),
                at.familiesSeen(),
                at.familiesDisproved(),
                isaSeen,
                armed,
                openedInL2,
                acts.toRow(),
                Arrays.stream(losses)
                        .filter(LossPlace::found)
                        .map(loss -> loss.toRow(stream))
                        .toList());
    }
}
