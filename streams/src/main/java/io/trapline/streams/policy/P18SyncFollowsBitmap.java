package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.GroundTruth.Bit;
import io.trapline.streams.core.Path;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects a slow exit without a sync of IA32_XFD although the MSR bitmap that was loaded lets the guest write it: whoever
 * decided asked about another MSR or another VMCS.
 */
final class P18SyncFollowsBitmap implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P18",
            "A bitmap question names the right MSR and the right VMCS",
            Severity.LOST,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.MODEL),
            List.of(EventFamily.GROUND_TRUTH, EventFamily.HOST_MSR_XFD),
            "R15",
            "KVM: VMX: Heed the 'msr' argument in msr_write_intercepted() (020dac418796)",
            "6.0");

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
        Bit intercepted = state.groundTruth().xfdWriteAtExit();
        if (intercepted == Bit.UNKNOWN || turn.path() == Path.FAST) {
            return;
        }
        // A sync that nobody needs costs time and loses nothing: the flag asks for it (R4).
        if (turn.synced() || intercepted == Bit.SET) {
            judgement.checked();
        } else if (turn.path() == Path.UNKNOWN || !turn.windowVisible()) {
            judgement.undecided();
        } else {
            String reason = ExitReasons.name(turn.isa(), turn.reason());
            judgement.violated(Violation.missing(
                    reason,
                    EventFamily.HOST_READ_XFD,
                    () -> "read_msr 1c4 after kvm_exit " + reason + ", as the bitmap of "
                            + turn.levelAtExit().title() + " passes its writes through",
                    () -> "none"));
        }
    }
}
