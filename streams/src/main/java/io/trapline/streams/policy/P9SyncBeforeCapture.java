package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects #NM exits on which KVM asked for IA32_XFD_ERR before it knew the guest's IA32_XFD: with a stale value it may skip
 * the read, and the fault is lost.
 */
final class P9SyncBeforeCapture implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P9",
            "Sync precedes XFD_ERR capture in the same exit",
            Severity.LOST,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.EXCEPTION, EventFamily.HOST_MSR_XFD),
            "R15",
            "v4 of x86/fpu: Provide fpu_sync_guest_vmexit_xfd_state() (5429cead0119)",
            "5.17");

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
        if (turn.captured() && turn.synced()) {
            judgeOrder(turn, judgement);
        } else if (turn.synced()
                && turn.syncedValue() != 0
                && !open
                && turn.xfdAtExitKnown()
                && turn.xfdAtExit() == 0) {
            judgeStale(turn, judgement);
        }
    }

    private static void judgeOrder(Turn turn, Judgement judgement) {
        if (!turn.capturedBeforeSync()) {
            judgement.checked();
            return;
        }
        judgement.violated(Violation.contradicts(
                "order",
                () -> "read_msr 1c4 before read_msr 1c5 in an exit of #NM",
                () -> "read_msr 1c4 only after read_msr 1c5"));
    }

    /** XFD was 0 when KVM last knew it, is armed now, and XFD_ERR was not read: as if the old value had decided. */
    private static void judgeStale(Turn turn, Judgement judgement) {
        if (turn.requestsKnown() || !turn.windowVisible()) {
            // From 6.15 on CR0.TS = 1 leaves the register alone.
            judgement.undecided();
            return;
        }
        judgement.violated(Violation.missing(
                "stale XFD",
                EventFamily.HOST_READ_XFD,
                () -> "read_msr 1c5 after read_msr 1c4 = " + Long.toHexString(turn.syncedValue()),
                () -> "none, as if XFD were still 0"));
    }
}
