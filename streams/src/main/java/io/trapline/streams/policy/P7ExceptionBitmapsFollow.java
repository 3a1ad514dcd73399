package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.GroundTruth;
import io.trapline.streams.core.GroundTruth.Bit;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects a level that runs without #NM in its exception bitmap although {@code nowi} is set, as where L2 was the first to
 * arm XFD and vmcs01 was never rewritten (R28): the guest's XFD faults then reach it without KVM.
 */
final class P7ExceptionBitmapsFollow implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P7",
            "EB01 and EB02 both follow nowi",
            Severity.LOST,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.MODEL),
            List.of(EventFamily.GROUND_TRUTH),
            "R11",
            "nothing so far; in SVM its pattern was KVM: nSVM: Always recalculate LBR MSR intercepts in svm_update_lbrv()"
                    + " (fbe5e5f030c2)",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.ASSERTED_TURN_ENDED);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        GroundTruth truth = state.groundTruth();
        if (!turn.nowiAtExit()) {
            return;
        }
        if (truth.nmAtExit() == Bit.CLEAR || truth.untrappedBeforeExit()) {
            judgement.violated(Violation.contradicts(
                            "not trapped",
                            () -> "#NM in the exception bitmap of "
                                    + turn.levelAtExit().title() + ", as nowi is set",
                            () -> truth.untrappedBeforeExit() ? "a #NM of an armed XFD without an exit" : "it is not")
                    .withNowiProof());
        } else if (truth.nmAtExit() == Bit.SET) {
            judgement.checked();
        }
    }
}
