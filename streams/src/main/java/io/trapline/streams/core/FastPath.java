package io.trapline.streams.core;

import io.trapline.schemas.event.EventFamily;

/** Rule R17: which exits entered the guest again from inside the run loop. */
final class FastPath {
    private FastPath() {}

    /** The path of a turn by all its records. The same kernel takes both for the same exit: only records decide. */
    static Path pathOf(VcpuState state, Turn turn) {
        boolean slowRecords = turn.slowRecord || turn.synced || turn.cleared || turn.clearedLate || turn.restored;
        if (slowRecords || !Exits.mayTakeFastPath(turn.isa, turn.reason, turn.info1)) {
            return Path.SLOW;
        }
        if (!Exits.writesMsr(turn.isa, turn.reason, turn.info1) || turn.fastMsrWrite) {
            return Path.FAST;
        }
        // The fast path always writes a kvm_msr: without one it was not taken, if these are recorded at all.
        return state.seen(EventFamily.GUEST_MSR) ? Path.SLOW : Path.UNKNOWN;
    }
}
