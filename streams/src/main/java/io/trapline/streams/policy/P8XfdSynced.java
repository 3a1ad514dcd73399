package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Path;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects slow-path exits on which KVM did not read the guest's IA32_XFD although its writes are not intercepted any
 * more: a host context switch then saves with a wrong idea of XFD and drops or leaks tile data.
 */
final class P8XfdSynced implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P8",
            "Guest XFD synced on every slow-path exit once nowi",
            Severity.LOST,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.HOST_MSR_XFD),
            "R15",
            "x86/fpu: Provide fpu_sync_guest_vmexit_xfd_state() (5429cead0119)",
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
        // R17: the fast path does not sync.
        if (!turn.nowiAtExit() || open || turn.path() == Path.FAST) {
            return;
        }
        if (turn.synced()) {
            judgement.checked();
        } else if (!turn.windowVisible() || turn.path() == Path.UNKNOWN) {
            judgement.undecided();
        } else {
            String reason = ExitReasons.name(turn.isa(), turn.reason());
            judgement.violated(Violation.missing(
                            reason,
                            EventFamily.HOST_READ_XFD,
                            () -> "read_msr 1c4 between kvm_exit " + reason + " and IRQs on, as nowi is set",
                            () -> turn.syncedLate() ? "read_msr 1c4 only with IRQs on" : "no read_msr 1c4")
                    .withNowiProof());
        }
    }
}
