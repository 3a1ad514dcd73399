package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.Injection;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects a #NM that KVM trapped and kept, and then did not deliver to the level that took it, or delivered twice: the guest
 * loops on the instruction, or sees a fault that it did not cause.
 */
final class P5NmDeliveredOnce implements Policy {
    private static final int NM = 7;

    private static final Description DESCRIPTION = new Description(
            "P5",
            "#NM kept by L0 is delivered exactly once, to the level that took it",
            Severity.WRONG,
            PolicyKind.OnIsa.both(PolicyKind.TRACE),
            List.of(EventFamily.ENTRY, EventFamily.EXCEPTION, EventFamily.INJECTION),
            "R13",
            "v4 of the XFD series, which could queue #NM twice (fixed in v5)",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.ANY_NM_TURN_ENDED);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        if (turn.reflectsNm()) {
            return;
        }
        Injection injection = turn.injection();
        boolean once = injection.nms() == 1 && injection.nmsElsewhere() == 0;
        if (once && (!injection.entryInfoKnown() || injection.entryCarriesNm())) {
            judgement.checked();
        } else if (injection.mayHaveChanged() || turn.interruptsDelivery()) {
            judgement.undecided();
        } else if (injection.nms() > 1 || injection.nmsElsewhere() > 0) {
            judgeMore(turn, injection, judgement);
        } else if (!turn.nestedReflected()) {
            // Another exit that L1 gets ends what was to be delivered to L2.
            judgeEntry(state, turn, judgement);
        } else if (once) {
            judgement.checked();
        }
    }

    private static void judgeMore(Turn turn, Injection injection, Judgement judgement) {
        judgement.violated(Violation.contradicts(
                injection.nmsElsewhere() > 0 ? "to another level" : "more than once",
                () -> "one kvm_inj_exception #NM for " + turn.level().title() + " after its exit",
                () -> injection.nms() + " of them, and " + injection.nmsElsewhere() + " after the level had changed"));
    }

    private static void judgeEntry(VcpuState state, Turn turn, Judgement judgement) {
        Injection injection = turn.injection();
        if (injection.entryCarriesNm() && !state.seen(EventFamily.INJECTION)) {
            judgement.checked();
        } else if (injection.nms() == 0) {
            judgement.violated(missing(state, turn));
        } else if (injection.replaced()
                || injection.vector() != NM
                || injection.interrupt()
                || injection.entryMayBeRealMode()) {
            judgement.undecided();
        } else {
            judgement.violated(Violation.contradicts(
                    "not entered",
                    () -> "kvm_entry with intr_info 0x80000307",
                    () -> "intr_info 0x" + Long.toHexString(injection.entryInfo())));
        }
    }

    /** What would say that L1 got it, and where announcements are not recorded, the entry itself. */
    private static Violation missing(VcpuState state, Turn turn) {
        Violation violation = Violation.missing(
                "not delivered",
                EventFamily.INJECTION,
                () -> "kvm_inj_exception #NM before the kvm_entry after its exit",
                () -> "none");
        boolean mayBeL2 = turn.level() != Level.L1 && state.mayBeNested();
        boolean entrySays =
                turn.injection().entryInfoKnown() && !turn.injection().entryCarriesNm();
        EventFamily says = entrySays ? EventFamily.ENTRY_INJECTION : EventFamily.INJECTION;
        return mayBeL2 ? violation.awaiting(says, EventFamily.NESTED_REFLECTED) : violation.awaiting(says);
    }
}
