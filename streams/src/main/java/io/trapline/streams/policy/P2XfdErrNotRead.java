package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects reads of IA32_XFD_ERR for a #NM of a guest that has armed nothing: useless work, and on a host without XFD an
 * unchecked access that its kernel reports with a stack trace.
 */
final class P2XfdErrNotRead implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P2",
            "XFD_ERR never read for a #NM with guest XFD = 0",
            Severity.WRONG,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.EXCEPTION, EventFamily.HOST_MSR_XFD),
            "R12",
            "v4 of kvm: x86: Intercept #NM for saving IA32_XFD_ERR (YdSnlmO4dUnwRxxc@google.com)",
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
        if (turn.captureFailed()) {
            judgement.violated(Violation.wrong(
                    "no such register", () -> "no read_msr 1c5 on a host without XFD", () -> "read_msr 1c5 gave #GP"));
        } else if (turn.synced() && turn.capturedBeforeSync()) {
            // What KVM knew of XFD when it asked is open; the order itself is P9's.
            judgement.undecided();
        } else if (turn.captured() && isDisarmed(turn)) {
            judgement.violated(Violation.contradicts(
                    "disarmed",
                    () -> "no read_msr 1c5 for a #NM, as XFD is 0",
                    () -> "read_msr 1c5 = " + Long.toHexString(turn.capturedValue())));
        } else if (!turn.captured() && isDisarmed(turn) && !open && state.seen(EventFamily.HOST_READ_XFD)) {
            judgement.checked();
        }
    }

    /**
     * KVM's copy was 0 when R12 asked for it: as synced, or as it was where there is no sync. With nowi set there has to be
     * one (P8): without it the copy may be older than what the guest has armed.
     */
    private static boolean isDisarmed(Turn turn) {
        return turn.synced()
                ? turn.syncedValue() == 0
                : !turn.nowiAtExit() && turn.xfdAtExitKnown() && turn.xfdAtExit() == 0;
    }
}
