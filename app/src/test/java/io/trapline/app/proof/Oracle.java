package io.trapline.app.proof;

import io.trapline.app.proof.RecordedTurns.Turn;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Foretells who has to catch a damage to a sound recording, from the rules of KVM and from what the lines around it say.
 * Knows nothing of how the policies work.
 */
final class Oracle {
    private static final String ERR_UNKNOWN = "XFD_ERR is not known before a complete turn";

    private static final Set<RecordKind> NESTED =
            EnumSet.of(RecordKind.NESTED_ENTRY, RecordKind.NESTED_EXIT, RecordKind.REFLECTED);

    private final RecordedTurns turns;
    private final OracleOfSwaps swaps;

    Oracle(RecordedTurns turns) {
        this.turns = turns;
        swaps = new OracleOfSwaps(turns, this);
    }

    Foretold of(Damage damage, int at) {
        return switch (damage) {
            case REMOVED -> missing(at);
            case SWAPPED_WITH_NEXT -> swaps.of(at);
            case IRQS_ON -> late(at);
            case SYNC_OF_ANOTHER_FEATURE -> Foretold.caught("P14", "bit 19 is no guest's (R4)", "P6", "P13");
            case SYNC_OF_ANOTHER_VALUE -> syncOfAnotherValue(at);
            case CAPTURE_OF_ANOTHER_VALUE -> captureOfAnotherValue(at);
            case CLEARED_WITH_A_VALUE -> notCleared(at, "P10");
            case RESTORED_ANOTHER_VALUE, RESTORED_ZERO -> notRestored(at);
            case ACCEPTED_BAD_BITS -> Foretold.caught("P13", "bit 17 has to be refused (R3)");
            case REFUSAL_FORGOTTEN ->
                // What is accepted arms the guest, or is pending: R4, R14, R15 then miss what no kernel did here.
                Foretold.caught("P13", "bits that have to be refused (R3)", "P6", "P8", "P10", "P11", "P12");
            case ANOTHER_EXCEPTION -> notInjected(at);
            case ANOTHER_MSR -> accessThatShouldNotExit(at);
            case NOT_A_NM -> notANm(at);
            case FPU_TURNED -> fpuSwitchMissing(at);
            case ANOTHER_REASON -> Foretold.legal("no rule tells a CPUID exit from one of WBINVD");
        };
    }

    Foretold missing(int at) {
        return switch (turns.kind(at)) {
            case ENTRY -> entryMissing(at);
            case EXIT -> exitMissing(at);
            case SYNC -> syncMissing(at);
            case CAPTURE -> captureMissing();
            case CLEAR -> notCleared(at);
            case RESTORE -> notRestored(at);
            case INJECT_NM, INJECT_GP -> notInjected(at);
            case LOAD, UNLOAD -> fpuSwitchMissing(at);
            case NESTED_EXIT -> nestedExitMissing(at);
            case REFLECTED -> reflectionMissing(at);
            case NESTED_ENTRY -> Foretold.legal("VMRESUME that does not fail is a nested entry", "P24");
            case ARMING, GUEST_XFD, GUEST_MSR, REFUSED ->
                Foretold.legal("an MSR exit without kvm_msr may have been for any MSR");
            case XFD_WRITE -> Foretold.legal("R18 writes IA32_XFD only where the values differ", "P19");
            case USERSPACE -> Foretold.legal("no rule demands kvm_userspace_exit");
            case INJECT_OTHER, OTHER -> Foretold.legal("no rule demands it");
        };
    }

    private Foretold entryMissing(int at) {
        boolean between = turns.turnOf(at) != null && turns.anyBetween(at, turns.count(), RecordKind.EXIT);
        return between
                ? Foretold.caught("P23", "two exits without an entry between them")
                : Foretold.legal("the recording may begin or end without it");
    }

    private Foretold exitMissing(int at) {
        boolean between = turns.turnOf(at).entry() >= 0 && turns.anyBetween(0, at, RecordKind.ENTRY);
        if (!between) {
            return Foretold.legal("the recording may begin or end without it");
        }
        return turns.anyBetween(0, at, RecordKind.EXIT)
                ? Foretold.caught("P23", "two entries without an exit between them")
                : Foretold.legal("nothing has shown yet that it is not SVM, whose fast path is silent (R17)");
    }

    private Foretold syncMissing(int at) {
        if (!turns.provesNowiBefore(turns.turnOf(at).exit(), at)) {
            return Foretold.legal("nothing else proves nowi before it (R7)");
        }
        return turns.looksFastWithout(at)
                ? Foretold.legal("the exit may have entered again from the run loop (R17)")
                : Foretold.caught("P8", "nowi is set, so each slow exit syncs (R15)");
    }

    private static Foretold captureMissing() {
        return Foretold.caught("P1", "XFD is armed, so XFD_ERR is read (R12)", "P9", "P10");
    }

    private long captured(int at) {
        return turns.line(at).hexAfter("value ");
    }

    /** What R16 has to clear in this turn is known. */
    private boolean clearIsDue(Turn turn) {
        OptionalInt capture = turns.in(turn, RecordKind.CAPTURE);
        return capture.isPresent()
                ? captured(capture.getAsInt()) != 0
                : turns.errKnownBefore(turn) && turns.errBefore(turn) != 0;
    }

    private Foretold notCleared(int at, String... mayFollow) {
        return clearIsDue(turns.turnOf(at))
                ? Foretold.caught("P11", "XFD_ERR is not 0 and has to be cleared (R16)", mayFollow)
                : Foretold.legal(ERR_UNKNOWN, "P10", "P11");
    }

    /** R14 leaves out what user space may have changed; the next turn then may show that it did not. */
    Foretold notRestored(int at) {
        Turn turn = turns.turnOf(at);
        if (turns.has(turn, RecordKind.USERSPACE)) {
            return Foretold.legal("user space may have changed XFD_ERR", "P10");
        }
        boolean set = turns.has(turn, RecordKind.CAPTURE) || writesErr(turn);
        return set || turns.errKnownBefore(turn)
                ? Foretold.caught("P10", "what is pending has to be restored (R14)")
                : Foretold.legal(ERR_UNKNOWN, "P10");
    }

    private boolean writesErr(Turn turn) {
        OptionalInt access = turns.in(turn, RecordKind.GUEST_XFD);
        return access.isPresent() && turns.line(access.getAsInt()).is("kvm_msr", "msr_write 1c5 .*");
    }

    private Foretold syncOfAnotherValue(int at) {
        Turn turn = turns.turnOf(at);
        boolean armed = captured(at) != 0;
        if (turns.isNm(turn) && armed && turns.has(turn, RecordKind.CAPTURE)) {
            return Foretold.caught("P2", "XFD is 0, and XFD_ERR is read (R12)");
        }
        if (turns.isNm(turn) && !armed) {
            return Foretold.caught("P1", "XFD is armed, and XFD_ERR is not read (R12)", "P9");
        }
        return Foretold.legal("the guest writes XFD without an exit (R6)", "P6", "P9", "P13", "P20");
    }

    private Foretold captureOfAnotherValue(int at) {
        Turn turn = turns.turnOf(at);
        if (captured(at) == 0) {
            return Foretold.caught("P11", "what is captured has to be cleared (R16)", "P10");
        }
        // A capture of 0 is a fault by CR0.TS (P3), or the sign of one.
        return turns.has(turn, RecordKind.RESTORE) && !turns.has(turn, RecordKind.USERSPACE) && !writesErr(turn)
                ? Foretold.caught("P10", "nothing is pending, and something is restored (R14)", "P3")
                : Foretold.legal("what is restored may be from elsewhere", "P3", "P10");
    }

    Foretold late(int at) {
        return switch (turns.kind(at)) {
            case SYNC -> syncLate(at);
            case CAPTURE -> Foretold.caught("P1", "XFD_ERR is read with IRQs on (R12)", "P11");
            case CLEAR -> notCleared(at);
            default ->
                throw new IllegalArgumentException(
                        "not of the irqoff window: " + turns.line(at).text());
        };
    }

    /** What stands behind the sync in the window is late as well then. */
    private Foretold syncLate(int at) {
        return turns.provesNowiBefore(turns.turnOf(at).exit(), at)
                ? Foretold.caught("P8", "a sync with IRQs on is too late (R15)", "P1", "P11", "P19")
                : Foretold.legal("nothing else proves nowi before it (R7)", "P1", "P11");
    }

    Foretold notInjected(int at) {
        Turn turn = turns.turnOf(at);
        if (turn == null || turns.has(turn, RecordKind.USERSPACE)) {
            return Foretold.legal("user space may have changed the event", "P5", "P13");
        }
        if (turns.kind(at) == RecordKind.INJECT_NM && turns.isNm(turn)) {
            return otherInjections(at)
                    ? Foretold.caught("P5", "a #NM that L0 keeps is injected (R13)")
                    : Foretold.legal("no other injection shows that they are recorded", "P5");
        }
        if (turns.kind(at) == RecordKind.INJECT_GP && turns.has(turn, RecordKind.REFUSED)) {
            return otherInjections(at)
                    ? Foretold.caught("P13", "a refused write gives #GP (R3)")
                    : Foretold.legal("no other injection shows that they are recorded", "P13");
        }
        return Foretold.legal("no rule demands this exception");
    }

    private boolean otherInjections(int at) {
        for (int each = 0; each < turns.count(); each++) {
            if (each != at && turns.line(each).event().equals("kvm_inj_exception")) {
                return true;
            }
        }
        return false;
    }

    private Foretold accessThatShouldNotExit(int at) {
        Turn turn = turns.turnOf(at);
        if (turn == null || turns.has(turn, RecordKind.NESTED_EXIT)) {
            return Foretold.legal("L2 always exits for it (R24)");
        }
        return turns.provesNowiBefore(turn.exit(), -1)
                ? Foretold.caught("P12", "L1 does not exit for IA32_XFD once nowi is set (R8)")
                : Foretold.legal("it is intercepted until nowi is set (R8)", "P13");
    }

    private Foretold notANm(int at) {
        Turn turn = turns.turnOf(at);
        OptionalInt capture = turns.in(turn, RecordKind.CAPTURE);
        boolean pends = capture.isPresent() && captured(capture.getAsInt()) != 0;
        boolean wasZero = turns.errKnownBefore(turn) && turns.errBefore(turn) == 0;
        boolean changed = turns.has(turn, RecordKind.USERSPACE);
        return pends && wasZero && !changed && turns.has(turn, RecordKind.RESTORE)
                ? Foretold.caught("P10", "without a #NM nothing is pending (R12, R14)", "P2", "P4", "P5", "P6")
                : Foretold.legal(
                        "nothing of the turn depends on it, or it is not known", "P2", "P4", "P5", "P6", "P10");
    }

    Foretold fpuSwitchMissing(int at) {
        boolean known = turns.anyBetween(0, at, RecordKind.LOAD) || turns.anyBetween(0, at, RecordKind.UNLOAD);
        boolean seenAgain = turns.anyBetween(at + 1, turns.count(), RecordKind.ENTRY);
        return known && seenAgain
                ? Foretold.caught("P27", "the FPU of the guest is loaded before each entry, once (R18)")
                : Foretold.legal("nothing is known of the FPU before its first switch, or nothing follows", "P27");
    }

    /** Without it the turn looks like one of L1. */
    private Foretold nestedExitMissing(int at) {
        Turn turn = turns.turnOf(at);
        boolean complete = turn != null && turn.entry() >= 0;
        boolean knownL2 = complete && NESTED.stream().anyMatch(kind -> turns.anyBetween(0, turn.exit(), kind));
        return knownL2
                ? Foretold.caught("P24", "a slow turn of L2 has a kvm_nested_vmexit", "P4", "P5", "P12", "P15")
                : Foretold.legal(
                        "the turn is not complete, or nothing before it says that L2 runs",
                        "P4",
                        "P5",
                        "P12",
                        "P15",
                        "P24");
    }

    private Foretold reflectionMissing(int at) {
        return turns.anyBetween(at, turns.count(), RecordKind.EXIT)
                ? Foretold.caught("P24", "L1 runs next, without a reflection", "P4", "P5", "P15")
                : Foretold.legal("the recording ends", "P4", "P5", "P15", "P24");
    }
}
