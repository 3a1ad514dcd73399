package io.trapline.streams.core;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventView;

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
            pend(state, turn, data);
        } else if (!turn.pendingSet && !state.xfdErrKnown) {
            pend(state, turn, data);
        }
    }

    /** An exception's exit without its vector: where it was a #NM, R12 has given KVM's copy a new value. */
    static void mayHaveBeenCaptured(VcpuState state, Turn turn) {
        state.xfdErrKnown = false;
        state.xfdErr = 0;
        turn.xfdErrAtExitKnown = false;
        turn.xfdErrAtExit = 0;
    }

    static void hostAccess(VcpuState state, EventView event) {
        Turn turn = state.turn();
        long value = event.get(HostMsrAccess.VALUE);
        if (!event.is(HostMsrAccess.WRITE)) {
            // R12. Outside a #NM exit of ours it is the host's own handler, which runs in user tasks.
            if (turn.open && !turn.userspace && turn.isDeviceNotAvailable()) {
                turn.captured = true;
                turn.capturedValue = value;
                pend(state, turn, value);
            }
        } else if (value != 0) {
            restore(state, turn, value);
        } else if (turn.open) {
            clear(turn);
        }
    }

    /** R14 writes only what is pending, which is not 0; R16 and the host's handler write only 0. */
    private static void restore(VcpuState state, Turn turn, long value) {
        if (turn.open) {
            turn.restored = true;
            turn.restoredValue = value;
        } else {
            // The recording began inside the turn; the register gets KVM's copy.
            state.learnXfdErr(value);
        }
    }

    private static void clear(Turn turn) {
        if (turn.windowOpen && !turn.restored) {
            turn.cleared = true;
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
    }

    private static void enteredWithoutRestore(VcpuState state, Turn turn) {
        long expected = turn.pendingSet ? turn.pending : state.xfdErr;
        boolean known = turn.pendingSet || state.xfdErrKnown;
        if (known && expected != 0 && !turn.userspace && !turn.hidesMsrWrite()) {
            // P10 says what is wrong here; what KVM holds now is anyone's guess.
            state.xfdErrKnown = false;
            state.xfdErr = 0;
        } else {
            state.learnXfdErr(0);
        }
    }
}
