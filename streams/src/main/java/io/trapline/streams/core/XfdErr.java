package io.trapline.streams.core;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.Msrs;

/** KVM's copy of IA32_XFD_ERR and the register around an exit: rules R9, R10, R12, R14 and R16. */
final class XfdErr {
    private XfdErr() {}

    /** R10: an accepted write changes the copy only; the register follows at the next entry. R9: a read shows it. */
    static void guestAccess(VcpuState state, EventView event) {
        if (event.is(GuestMsrAccess.FAILED)) {
            return;
        }
        long data = event.get(GuestMsrAccess.DATA);
        Turn turn = state.turn();
        if (event.is(GuestMsrAccess.WRITE)) {
            if (data == 0 && turn.open) {
                turn.guestClear = true;
                turn.errTokenAtClear = state.errToken;
            }
            state.errToken = data == 0 ? ErrToken.NONE : ErrToken.PRESENT;
            pend(state, turn, data);
        } else if (!turn.pendingSet && !state.xfdErrKnown) {
            pend(state, turn, data);
        }
    }

    /** An exception's exit without its vector: where it was a #NM, R12 has given KVM's copy a new value. */
    static void mayHaveBeenCaptured(VcpuState state, Turn turn) {
        state.xfdErrKnown = false;
        state.xfdErr = 0;
        state.errToken = ErrToken.UNKNOWN;
        turn.xfdErrAtExitKnown = false;
        turn.xfdErrAtExit = 0;
    }

    static void hostAccess(VcpuState state, EventView event) {
        Turn turn = state.turn();
        long value = event.get(HostMsrAccess.VALUE);
        if (!event.is(HostMsrAccess.WRITE)) {
            // R12. Outside a #NM exit of ours it is the host's own handler, which runs in user tasks.
            if (turn.open && !turn.userspace && turn.isDeviceNotAvailable()) {
                capture(state, turn, value);
            }
        } else if (value != 0) {
            restore(state, turn, value);
        } else if (turn.open) {
            clear(state, turn);
        }
    }

    private static void capture(VcpuState state, Turn turn, long value) {
        turn.captured = true;
        turn.capturedValue = value;
        turn.capturedLate = !turn.windowOpen;
        turn.capturedBeforeSync = !turn.synced;
        pend(state, turn, value);
    }

    /** The host's access gave #GP: on a CPU without XFD there is no such register. */
    static void failed(Turn turn, EventView event) {
        boolean reads = !event.is(HostMsrAccess.WRITE) && event.get(HostMsrAccess.INDEX) == Msrs.IA32_XFD_ERR;
        turn.captureFailed |= reads && turn.open && turn.windowOpen && turn.isDeviceNotAvailable();
    }

    /** R16 clears what R12 read: where nothing else was pending, the read must have been, and was not recorded. */
    static void readsAreMissing(VcpuState state, Turn turn, Observer observer) {
        boolean readUnseen = turn.isDeviceNotAvailable() && turn.cleared && !turn.captured;
        if (readUnseen && turn.xfdErrAtExitKnown && turn.xfdErrAtExit == 0 && !state.seen(EventFamily.HOST_READ_XFD)) {
            state.disprove(EventFamily.HOST_READ_XFD, observer);
        }
    }

    /** R14 writes only what is pending, which is not 0; R16 and the host's handler write only 0. */
    private static void restore(VcpuState state, Turn turn, long value) {
        state.errToken = ErrToken.PRESENT;
        if (turn.open) {
            turn.restored = true;
            turn.restoredValue = value;
        } else {
            // The recording began inside the turn; the register gets KVM's copy.
            state.learnXfdErr(value);
        }
    }

    private static void clear(VcpuState state, Turn turn) {
        if (turn.windowOpen && !turn.restored) {
            turn.cleared = true;
            state.errToken = ErrToken.PRESENT;
        } else if (!turn.userspace && !turn.cleared) {
            turn.clearedLate = true;
        }
    }

    private static void pend(VcpuState state, Turn turn, long value) {
        if (turn.open) {
            turn.pendingSet = true;
            turn.pending = value;
        } else {
            state.learnXfdErr(value);
        }
    }

    /** The entry that ends a turn shows KVM's copy: R14 wrote it, or it is 0. The fast path changes nothing. */
    static void entered(VcpuState state, Turn turn) {
        if (turn.path == Path.FAST) {
            return;
        }
        if (turn.path == Path.SLOW && turn.restored) {
            state.learnXfdErr(turn.restoredValue);
        } else if (turn.path == Path.SLOW && state.records(EventFamily.HOST_WRITE_XFD)) {
            enteredWithoutRestore(state, turn);
        } else if (turn.userspace || turn.path == Path.UNKNOWN) {
            state.xfdErrKnown = false;
        } else if (turn.pendingSet) {
            state.learnXfdErr(turn.pending);
        }
        if (turn.isDeviceNotAvailable() && !turn.synced) {
            // Whether it was a fault of XFD, only the sync would say; trapped it was.
            state.errToken = ErrToken.PRESENT;
        }
    }

    private static void enteredWithoutRestore(VcpuState state, Turn turn) {
        long expected = turn.pendingSet ? turn.pending : state.xfdErr;
        boolean known = turn.pendingSet || state.xfdErrKnown && !turn.mayHaveCapturedUnseen();
        if (state.errToken == ErrToken.UNKNOWN) {
            state.errToken = ErrToken.NONE;
        }
        if (known && expected != 0 && !turn.userspace && !turn.hidesMsrWrite()) {
            // P10 says what is wrong here; what KVM holds now is anyone's guess.
            state.xfdErrKnown = false;
            state.xfdErr = 0;
        } else {
            state.learnXfdErr(0);
        }
    }
}
