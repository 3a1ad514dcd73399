package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects #NM exits that are no XFD faults, as of a guest that switches its FPU lazily with CR0.TS: the price of trapping
 * all of them, counted and never violated.
 */
final class P22UselessTraps implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P22",
            "Cost, counted: #NM exits that are no XFD fault",
            Severity.PERF,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.EXCEPTION, EventFamily.HOST_MSR_XFD),
            "R11",
            "nothing so far",
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
        boolean unarmed = turn.synced() && turn.syncedValue() == 0;
        if (turn.captured() ? turn.capturedValue() == 0 : unarmed) {
            judgement.checked();
        } else if (!turn.captured() && state.records(EventFamily.HOST_READ_XFD)) {
            judgement.undecided();
        }
    }
}
