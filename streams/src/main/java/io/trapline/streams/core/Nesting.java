package io.trapline.streams.core;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventView;

/**
 * Which level runs. R23 and R26 decide who gets an exit of L2 and leave kvm_nested_vmexit, and kvm_nested_vmexit_inject
 * where L1 gets it; R27: XFD and XFD_ERR do not change with the level; R29: the level may change silently, which the next
 * slow exit shows.
 */
final class Nesting {
    private Nesting() {}

    static void entered(VcpuState state) {
        state.level = Level.L2;
        state.turn().nestedEntry = true;
    }

    static void exited(VcpuState state) {
        state.level = Level.L2;
        state.turn().nestedExit = true;
    }

    static void reflected(VcpuState state, EventView event) {
        state.turn().refusedAccess().reflected(event);
        state.level = Level.L1;
        state.turn().nestedReflected = true;
    }

    static void entryFailed(VcpuState state) {
        state.level = Level.L1;
        state.turn().nestedEntryFailed = true;
    }

    /**
     * The level an exit came from. Every slow exit of L2 has a kvm_nested_vmexit, as its first record after the irqoff
     * window; of the fast ones only the preemption timer is allowed in L2 (R17).
     */
    static Level levelOf(VcpuState state, Turn turn, boolean complete) {
        if (turn.nestedExit) {
            return Level.L2;
        }
        if (state.nestingMayBeUnrecorded()) {
            return Level.UNKNOWN;
        }
        boolean mayBeL2 = turn.path == Path.FAST && Exits.isPreemptionTimer(turn.isa, turn.reason);
        return turn.slowRecord || complete && !mayBeL2 ? Level.L1 : turn.levelAtExit;
    }

    /** The level that runs after the entry that ends this turn. */
    static void settled(VcpuState state, Turn turn) {
        boolean shown = turn.nestedExit || turn.nestedEntry || turn.nestedReflected || turn.nestedEntryFailed;
        if (shown) {
            return;
        }
        if (!Exits.entersNested(turn.isa, turn.reason)) {
            state.level = turn.level;
        } else if (state.seen(EventFamily.NESTED)) {
            // VMX before 6.1 writes no nested entry: that it did not fail is all there is to see.
            state.level = Level.L2;
        } else {
            state.level = Level.UNKNOWN;
        }
    }
}
