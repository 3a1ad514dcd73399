package io.trapline.app.bench;

import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.cost.StreamCosts;

/** The same with the costs, as the fold keeps them. */
final class CostedReplay extends BareReplay {
    private final StreamCosts costs = new StreamCosts();

    private boolean exitEnded;

    @Override
    void step(EventView event, long clockHz) {
        long time = state.notBefore(event.time());
        EventKind kind = event.kind();
        if (kind == EventKind.VM_EXIT) {
            costs.exited(event, time);
        } else if (kind != EventKind.VM_ENTRY && costs.hears(kind)) {
            costs.hear(kind, event, time, clockHz, true);
        }
        super.step(event, clockHz);
        if (kind == EventKind.VM_ENTRY) {
            costs.entered(state.turn(), exitEnded, state.level(), time, true);
            exitEnded = false;
        }
    }

    @Override
    public void turnEnded(VcpuState at, Turn turn, EventView entry) {
        exitEnded = true;
    }

    @Override
    public void turnBroken(VcpuState at, Turn turn, boolean lost) {
        costs.open(turn);
    }
}
