package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects XFD faults of a guest whose IA32_XFD_ERR KVM did not read while IRQs were off: a softirq of the host may use the
 * FPU and consume the value, and the guest's #NM handler takes the fault for another one.
 */
final class P1XfdErrCaptured implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P1",
            "XFD_ERR captured in the irqoff window of a guest XFD fault",
            Severity.LOST,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.EXCEPTION, EventFamily.HOST_MSR_XFD),
            "R12",
            "kvm: x86: Intercept #NM for saving IA32_XFD_ERR (ec5be88ab29f)",
            null);

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
        boolean open = occasion == Occasion.NM_TURN_BROKEN && !turn.windowOver();
        if (!turn.synced() || turn.syncedValue() == 0 || open && !turn.captured()) {
            return;
        }
        if (turn.captured() && !turn.capturedLate()) {
            judgement.checked();
        } else if (turn.requestsKnown() && !turn.captured() || !turn.windowVisible()) {
            // From 6.15 on CR0.TS = 1 leaves the register alone, and 6.14 cannot be told from it.
            judgement.undecided();
        } else {
            judgement.violated(Violation.missing(
                    turn.captured() ? "late" : "never",
                    EventFamily.HOST_READ_XFD,
                    () -> "read_msr 1c5 between kvm_exit of #NM and IRQs on, as XFD is "
                            + Long.toHexString(turn.syncedValue()),
                    () -> turn.captured() ? "read_msr 1c5 only with IRQs on" : "no read_msr 1c5"));
        }
    }
}
