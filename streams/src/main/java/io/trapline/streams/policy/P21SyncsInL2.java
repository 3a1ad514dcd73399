package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects reads of IA32_XFD at exits of L2, whose writes always exit, so that KVM's copy is exact: a cost that the flag
 * accepts, counted and never violated.
 */
final class P21SyncsInL2 implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P21",
            "Cost, counted: syncs while L2 runs",
            Severity.PERF,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.NESTED, EventFamily.HOST_MSR_XFD),
            "R24",
            "nothing so far",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.SYNCED_TURN);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        if (turn.level() == Level.L2) {
            judgement.checked();
        } else if (turn.level() == Level.UNKNOWN) {
            judgement.undecided();
        }
    }
}
