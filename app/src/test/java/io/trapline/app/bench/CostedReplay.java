package io.trapline.app.bench;

import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.cost.StreamCosts;

/** The same with the costs, as the fold keeps them. */
final class CostedReplay extends BareReplay {
    private final StreamCosts costs = new StreamCosts();

    @Override
    void step(EventView event, long clockHz) {
        long time = state.notBefore(event.time());
        if (costs.hears(event.kind())) {
            costs.step(event.kind(), event, time, clockHz, true);
        }
        super.step(event, clockHz);
        if (event.kind() == EventKind.VM_ENTRY) {
            costs.entered(state.level(), time, true);
        }
    }

    @Override
    public void turnEnded(VcpuState at, Turn turn, EventView entry) {
        costs.sample(turn, at.time());
    }

    @Override
    public void turnBroken(VcpuState at, Turn turn, boolean lost) {
        costs.open(turn);
    }
}
