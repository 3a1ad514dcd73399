package io.trapline.streams.core;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.ExitReasons;

/**
 * Which level runs. R23 and R26 decide who gets an exit of L2 and leave kvm_nested_vmexit, and kvm_nested_vmexit_inject
 * where L1 gets it; R27: XFD and XFD_ERR do not change with the level; R29: the level may change silently. Each of the
 * tracepoints may be off: what then cannot be known is unknown. A level is proved where only a missing record could make
 * it another one (P24).
 */
final class Nesting {
    private Nesting() {}

    static void entered(VcpuState state, EventView event, Observer observer) {
        observer.nestedEntry(state);
        Turn turn = state.turn();
        record(turn, Level.L1);
        turn.nestedEntry = true;
        turn.levels.entered(event);
        turn.injection.levelChanges();
        state.presentL2.entered(event);
        // VMX writes it before the last checks, and some of those fail without a record: the entry's RIP shows it.
        moveTo(state, Level.L2, state.isa == ExitReasons.SVM);
    }

    static void exited(VcpuState state, Observer observer) {
        observer.nestedExit(state);
        record(state.turn(), Level.L2);
        state.turn().nestedExit = true;
        moveTo(state, Level.L2, true);
    }

    static void reflected(VcpuState state, EventView event, Observer observer) {
        observer.nestedReflection(state);
        Turn turn = state.turn();
        record(turn, Level.L2);
        turn.levels.reflected(event, !turn.nestedReflected);
        turn.nestedReflected = true;
        turn.injection.levelChanges();
        turn.refusedAccess().reflected(event);
        moveTo(state, Level.L1, true);
    }

    static void entryFailed(VcpuState state) {
        Turn turn = state.turn();
        if (turn.levels.silent) {
            // R29: checks of a state that user space sets.
            return;
        }
        record(turn, Exits.entersNested(turn.isa, turn.reason) ? Level.L1 : Level.UNKNOWN);
        turn.nestedEntryFailed = true;
        turn.injection.levelChanges();
        moveTo(state, Level.L1, true);
        if (state.phase == Phase.IN_GUEST) {
            // vmx->fail in L2: the entry has no exit, and the next entry is L1's.
            state.phase = Phase.IN_HOST;
        }
    }

    /** SVM: an interrupt that L1 wants came while L2 ran. The exit that L1 gets is reflected next. */
    static void interrupted(VcpuState state) {
        Turn turn = state.turn();
        record(turn, Level.L2);
        turn.injection.levelChanges();
        moveTo(state, Level.L1, false);
    }

    /** SVM writes L1's intercepts with each nested entry, behind the entry's own record: where that is off, in its place. */
    static void intercepts(VcpuState state, EventView event) {
        state.presentL2.intercepts(event);
        if (state.level != Level.L2 && !state.seen(EventFamily.NESTED_ENTRY)) {
            record(state.turn(), Level.L1);
            state.turn().injection.levelChanges();
            moveTo(state, Level.L2, false);
        }
    }

    /** R29: SMM runs in L1; leaving it for L2 is a nested entry. */
    static void systemManagement(VcpuState state) {
        state.turn().levels.recorded = true;
        state.turn().levels.silent = false;
        moveTo(state, Level.L1, false);
    }

    /** R29: user space or INIT may end L2 without a record; to begin it takes a nested entry. */
    static void mayHaveChanged(VcpuState state) {
        Turn turn = state.turn();
        turn.levels.silent = true;
        turn.injection.mayHaveChanged = true;
        state.presentL2.forget();
        moveTo(state, state.level == Level.L1 ? Level.L1 : Level.UNKNOWN, false);
    }

    private static void record(Turn turn, Level exited) {
        if (turn.open) {
            turn.levels.record(exited);
        }
    }

    private static void moveTo(VcpuState state, Level level, boolean proved) {
        state.level = level;
        state.levelProved = proved;
    }

    /**
     * The level an exit came from. Every slow exit of L2 has a kvm_nested_vmexit, as its first record after the irqoff
     * window; of the fast ones only the preemption timer is allowed in L2 (R17).
     */
    static Level levelOf(VcpuState state, Turn turn, boolean complete) {
        if (turn.levels.exited != Level.UNKNOWN) {
            return turn.levels.exited;
        }
        boolean fast = complete && turn.path == Path.FAST;
        boolean unrecorded = state.mayBeNested() && !state.seen(EventFamily.NESTED_EXIT);
        if (fast ? Exits.isPreemptionTimer(turn.isa, turn.reason) : unrecorded || !complete && !turn.slowRecord) {
            return turn.levelAtExit;
        }
        // P24 says what is wrong where it had to be L2: a record is missing, of this turn or of those before.
        return turn.levelAtExit == Level.L2 && turn.levelProvedAtExit ? Level.UNKNOWN : Level.L1;
    }

    /** The level that runs after the entry that ends this turn. */
    static void settled(VcpuState state, Turn turn) {
        if (turn.level == Level.L2 && !turn.levels.silent) {
            state.presentL2.exited(turn);
        }
        if (!turn.levels.recorded) {
            infer(state, turn);
        } else if (!turn.levels.silent && state.level == Level.L2) {
            confirmL2(state, turn);
        }
    }

    /** No record of the turn set the level. */
    private static void infer(VcpuState state, Turn turn) {
        if (Exits.entersNested(turn.isa, turn.reason)) {
            inferAfterNestedEntry(state, turn);
        } else if (turn.level == Level.L2 && !state.seen(EventFamily.NESTED_REFLECTED)) {
            moveTo(state, Level.UNKNOWN, false);
        } else {
            moveTo(state, turn.level, isProved(state, turn));
        }
        if (turn.levels.silent) {
            mayHaveChanged(state);
        }
    }

    private static void inferAfterNestedEntry(VcpuState state, Turn turn) {
        if (turn.level != Level.L1) {
            moveTo(state, Level.UNKNOWN, false);
        } else if (state.seen(EventFamily.NESTED_ENTRY)) {
            // It failed.
            moveTo(state, Level.L1, true);
        } else {
            // VMX before 6.1 writes no nested entry: that it did not fail is all there is to see.
            moveTo(state, state.seen(EventFamily.NESTED) ? Level.L2 : Level.UNKNOWN, false);
        }
    }

    /** What was proved stays so; a slow exit without kvm_nested_vmexit proves L1. */
    private static boolean isProved(VcpuState state, Turn turn) {
        if (turn.level == turn.levelAtExit && turn.levelProvedAtExit) {
            return true;
        }
        return turn.level == Level.L1 && turn.path == Path.SLOW && state.seen(EventFamily.NESTED_EXIT);
    }

    /** The last nested record left L2 running. */
    private static void confirmL2(VcpuState state, Turn turn) {
        if (turn.nestedEntry && !state.levelProved) {
            confirmEntry(state, turn);
        } else if (turn.nestedExit && !turn.nestedEntry && !state.seen(EventFamily.NESTED_REFLECTED)) {
            moveTo(state, Level.UNKNOWN, false);
        }
    }

    private static void confirmEntry(VcpuState state, Turn turn) {
        if (turn.injection.entryRipKnown) {
            boolean entered = turn.levels.nestedRip == turn.injection.entryRip;
            moveTo(state, entered ? Level.L2 : Level.UNKNOWN, entered);
        }
    }
}
