package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Path;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects exits that leave the guest's IA32_XFD_ERR in the register when IRQs are enabled: the next #NM of the host is
 * attributed to the wrong feature.
 */
final class P11XfdErrCleared implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P11",
            "Exit clears XFD_ERR before IRQs are enabled",
            Severity.SECURITY,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.EXCEPTION, EventFamily.HOST_MSR_XFD),
            "R16",
            "kvm: x86: Intercept #NM for saving IA32_XFD_ERR (ec5be88ab29f)",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.TURN_ENDED, Occasion.TURN_BROKEN);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        boolean open = occasion == Occasion.TURN_BROKEN && !turn.windowOver();
        long value = turn.captured() ? turn.capturedValue() : turn.xfdErrAtExit();
        boolean known = turn.captured() || turn.xfdErrAtExitKnown() && !turn.mayHaveCapturedUnseen();
        // R12: a #NM exit that captures 0 has nothing to clear, even if its entry had restored a value.
        if (!known || !state.seen(EventFamily.EXCEPTION) || value == 0 || open || turn.path() == Path.FAST) {
            return;
        }
        if (turn.cleared()) {
            judgement.checked();
        } else if (!turn.windowVisible() || turn.path() == Path.UNKNOWN) {
            judgement.undecided();
        } else {
            String reason = ExitReasons.name(turn.isa(), turn.reason());
            judgement.violated(Violation.missing(
                    reason,
                    EventFamily.HOST_WRITE_XFD,
                    () -> "write_msr 1c5 = 0 between kvm_exit " + reason + " and IRQs on, as it holds "
                            + Long.toHexString(value),
                    () -> turn.clearedLate() ? "write_msr 1c5 = 0 only with IRQs on" : "no write_msr 1c5 = 0"));
        }
    }
}
