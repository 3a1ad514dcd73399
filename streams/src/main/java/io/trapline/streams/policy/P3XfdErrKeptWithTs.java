package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.profile.RuleVariant;
import java.util.List;
import java.util.Set;

/**
 * Detects #NM faults through CR0.TS for which KVM read IA32_XFD_ERR: the CPU did not write the register, so what is read is
 * stale and overwrites what the guest has there.
 */
final class P3XfdErrKeptWithTs implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P3",
            "XFD_ERR untouched for #NM with CR0.TS = 1",
            Severity.WRONG,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.HINT),
            List.of(EventFamily.EXIT, EventFamily.EXCEPTION, EventFamily.HOST_MSR_XFD),
            "R12",
            "KVM: VMX: Don't modify guest XFD_ERR if CR0.TS=1 (3ef0df3f760f)",
            RuleVariant.XFD_ERR_KEPT_WITH_CR0_TS.first().toString());

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.NM_TURN_ENDED, Occasion.NM_TURN_BROKEN);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        if (!turn.captured() || !turn.synced() || turn.syncedValue() == 0) {
            return;
        }
        if (turn.capturedValue() != 0) {
            judgement.checked();
        } else {
            judgement.violated(Violation.contradicts(
                    "CR0.TS",
                    () -> "no read_msr 1c5, as a #NM with XFD = " + Long.toHexString(turn.syncedValue())
                            + " that leaves XFD_ERR at 0 is none of XFD: CR0.TS was set",
                    () -> "read_msr 1c5 = 0, which replaces " + replaced(turn)));
        }
    }

    private static String replaced(Turn turn) {
        if (!turn.xfdErrAtExitKnown()) {
            return "what the guest had there";
        }
        return turn.xfdErrAtExit() == 0
                ? "a 0, so that here nothing is lost"
                : "the guest's " + Long.toHexString(turn.xfdErrAtExit());
    }
}
