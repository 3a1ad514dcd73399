package io.trapline.app.proof;

import io.trapline.app.proof.RecordedTurns.Turn;

/** Foretells who has to catch that two neighbouring lines of a vCPU's thread stand in the wrong order. */
final class OracleOfSwaps {
    private final RecordedTurns turns;
    private final Oracle oracle;

    OracleOfSwaps(RecordedTurns turns, Oracle oracle) {
        this.turns = turns;
        this.oracle = oracle;
    }

    Foretold of(int at) {
        RecordKind second = turns.kind(at + 1);
        if (turns.kind(at) == RecordKind.ENTRY) {
            return second == RecordKind.EXIT
                    ? Foretold.caught("P23", "an entry and an exit have changed places", "P8")
                    : Foretold.legal("it only moves to the other side of the entry");
        }
        if (second == RecordKind.EXIT) {
            return Foretold.legal("it only moves into the turn");
        }
        if (second == RecordKind.ENTRY) {
            return behindTheEntry(at);
        }
        return turns.kind(at) == RecordKind.EXIT ? beforeTheExit(at + 1) : inTheTurn(at);
    }

    /** What stands between an entry and an exit is no part of a turn. */
    private Foretold behindTheEntry(int at) {
        return switch (turns.kind(at)) {
            case SYNC, CLEAR, INJECT_NM, INJECT_GP, LOAD, UNLOAD -> oracle.missing(at);
            // Where it stands it still shows what KVM holds.
            case RESTORE -> oracle.notRestored(at);
            case REFLECTED, NESTED_ENTRY, NESTED_EXIT ->
                Foretold.legal("the level is right behind the entry", "P4", "P5", "P24", "P25");
            default -> Foretold.legal("no rule demands it before the entry", "P5", "P13");
        };
    }

    private Foretold beforeTheExit(int at) {
        return switch (turns.kind(at)) {
            case SYNC, CLEAR -> oracle.missing(at);
            case REFUSED, INJECT_GP, INJECT_NM -> Foretold.legal("it belongs to no turn there", "P5", "P13");
            case GUEST_XFD -> Foretold.legal("it is pending too early there", "P10", "P11");
            case ARMING -> Foretold.legal("it is not known in which turn the guest wrote", "P8");
            default -> Foretold.legal("no rule demands it behind the exit");
        };
    }

    private Foretold inTheTurn(int at) {
        RecordKind first = turns.kind(at);
        RecordKind second = turns.kind(at + 1);
        if (first == RecordKind.SYNC && second == RecordKind.CAPTURE) {
            return Foretold.caught("P9", "XFD_ERR is read before XFD is synced (R15 before R12)");
        }
        if (first == RecordKind.CLEAR && second == RecordKind.RESTORE) {
            return Foretold.caught("P11", "cleared only behind what is restored (R16 before R14)", "P10");
        }
        if (isOfWindow(first) && turns.line(at + 1).irqsOn()) {
            return oracle.late(at);
        }
        if (first == RecordKind.NESTED_EXIT && second == RecordKind.REFLECTED) {
            return Foretold.caught("P24", "reflected before it was an exit", "P4", "P5", "P12", "P15");
        }
        if (isFpu(first) && isFpu(second)) {
            return oracle.fpuSwitchMissing(at);
        }
        if (first == RecordKind.CAPTURE && second == RecordKind.CLEAR) {
            return Foretold.legal(
                    "not so in KVM, but no policy compares the two: both stand in the window", "P1", "P11");
        }
        return sameTurn(turns.turnOf(at));
    }

    private static Foretold sameTurn(Turn turn) {
        return turn == null
                ? Foretold.legal("of no turn")
                : Foretold.legal("no rule says which of the two comes first", "P4", "P5", "P13", "P24", "P25");
    }

    private static boolean isOfWindow(RecordKind kind) {
        return kind == RecordKind.SYNC || kind == RecordKind.CAPTURE || kind == RecordKind.CLEAR;
    }

    private static boolean isFpu(RecordKind kind) {
        return kind == RecordKind.LOAD || kind == RecordKind.UNLOAD;
    }
}
