package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects a #NM of L2 that L1 wants and does not get, or gets while KVM queues it to the guest as well: the fault is handled
 * by the wrong guest, or twice. What L1 wants, SVM records with each nested entry; VMX only by what became of the #NMs before.
 */
final class P4NmReflected implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P4",
            "#NM wanted by L1 is reflected, never queued to L2",
            Severity.WRONG,
            new PolicyKind.OnIsa(PolicyKind.HINT, PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.EXCEPTION, EventFamily.NESTED, EventFamily.INJECTION),
            "R26",
            "v4 of the XFD series, which queued #NM before the exit was routed (fixed in v5)",
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
        if (turn.level() != Level.L2) {
            return;
        }
        if (turn.reflectsNm()) {
            judgeReflected(turn, judgement);
        } else if (isWanted(state, turn)) {
            judgement.violated(Violation.missing(
                    "kept",
                    EventFamily.NESTED_REFLECTED,
                    () -> "kvm_nested_vmexit_inject of the #NM, as "
                            + (turn.isa() == ExitReasons.SVM ? "L1 intercepts it" : "L1 was given those before"),
                    () -> "none: KVM kept it"));
        } else if (turn.isa() != ExitReasons.SVM || !state.presentL2().interceptsKnown()) {
            judgement.undecided();
        }
    }

    private static boolean isWanted(VcpuState state, Turn turn) {
        return turn.isa() == ExitReasons.SVM
                ? state.presentL2().interceptsKnown() && state.presentL2().wantsNm()
                : state.presentL2().nmsReflected();
    }

    private static void judgeReflected(Turn turn, Judgement judgement) {
        boolean announced = turn.injection().nms() + turn.injection().nmsElsewhere() > 0;
        if (!announced && !turn.injection().entryCarriesNm()) {
            judgement.checked();
        } else if (turn.injection().mayHaveChanged()) {
            judgement.undecided();
        } else {
            judgement.violated(Violation.contradicts(
                    "queued as well",
                    () -> "no #NM injected by KVM, as L1 got it",
                    () -> announced ? "kvm_inj_exception #NM" : "kvm_entry that carries a #NM"));
        }
    }
}
