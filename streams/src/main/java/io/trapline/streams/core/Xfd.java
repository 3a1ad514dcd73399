package io.trapline.streams.core;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventView;

/** IA32_XFD and the flag that its writes are not intercepted: rules R3 to R8 and R15. */
final class Xfd {
    private Xfd() {}

    /** A guest access that KVM emulated: it exited, so L1 ones mean that the MSR was still intercepted (R6, R8). */
    static void guestAccess(VcpuState state, EventView event, boolean afterXfdWrite, Observer observer) {
        Turn turn = state.turn();
        if (state.nowi && turn.open && !turn.nestedExit) {
            turn.xfdExitsWhileOpen++;
        }
        if (event.is(GuestMsrAccess.FAILED)) {
            // R3: the write was refused and changes nothing.
            if (event.is(GuestMsrAccess.WRITE)) {
                state.keptXfd().refused(state);
            }
            return;
        }
        long data = event.get(GuestMsrAccess.DATA);
        if (!event.is(GuestMsrAccess.WRITE)) {
            // R8: an intercepted read returns KVM's copy.
            state.keptXfd().show(data);
            state.learnXfd(data);
            return;
        }
        accepted(state, event, data, afterXfdWrite, observer);
    }

    private static void accepted(
            VcpuState state, EventView event, long data, boolean afterXfdWrite, Observer observer) {
        boolean changes = state.xfdKnown && state.xfd != data;
        if (changes && !afterXfdWrite && !state.seen(EventFamily.HOST_WRITE_XFD)) {
            // R4: a write that changes the value goes to the register at once; msr:* would have shown it.
            state.disprove(EventFamily.HOST_READ_XFD, observer);
            state.disprove(EventFamily.HOST_WRITE_XFD, observer);
        }
        state.learnXfd(data);
        state.keptXfd().forget();
        state.guestXstate().xfdWritten(state, data, observer);
        state.turn().xfdAccepted = true;
        if (data != 0) {
            if (!state.nowi && state.errToken == ErrToken.UNKNOWN) {
                // Before R4 no #NM of an armed XFD could be.
                state.errToken = ErrToken.NONE;
            }
            // R4, from either level (R28).
            prove(state, event, observer);
            state.zeroWrites = 0;
        } else if (!state.nowi && !state.turn().nestedExit) {
            // R5: accepted, stays intercepted.
            state.zeroWrites++;
            state.turn().steadyZeroWrites |= state.zeroWrites % Replay.STEADY_ZERO_WRITES == 0;
        }
    }

    static void hostAccess(VcpuState state, EventView event, Observer observer) {
        if (event.is(HostMsrAccess.WRITE)) {
            // R18 writes it too, so a write says nothing of the guest: only that the next record may be its cause.
            state.afterXfdWrite = true;
            return;
        }
        Turn turn = state.turn();
        if (turn.open && turn.windowOpen) {
            // R15: the sync is done only where nowi is set, so it proves it, even if user space set it (R7).
            turn.synced = true;
            turn.syncedValue = event.get(HostMsrAccess.VALUE);
            state.keptXfd().show(turn.syncedValue);
            state.learnXfd(turn.syncedValue);
            if (turn.syncedValue != 0 && turn.isDeviceNotAvailable()) {
                state.errToken = ErrToken.PRESENT;
            }
            prove(state, event, observer);
        } else if (turn.open && !turn.userspace) {
            turn.syncedLate = true;
        }
    }

    private static void prove(VcpuState state, EventView event, Observer observer) {
        if (!state.nowi) {
            state.nowi = true;
            state.nowiSeq = event.seq();
            observer.nowiProved(event);
        }
    }
}
