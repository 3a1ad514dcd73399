package io.trapline.app.bench;

import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventView;
import io.trapline.streams.core.Observer;
import io.trapline.streams.core.Replay;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;

/** The state of one vCPU, stepped over its events, with nobody who listens. */
class BareReplay implements Observer {
    final VcpuState state = new VcpuState();
    private final EventView view = new EventView();

    void fold(EventColumns chunk) {
        for (int row = 0; row < chunk.count(); row++) {
            step(view.on(chunk, row), chunk.clockHz());
        }
    }

    void step(EventView event, long clockHz) {
        Replay.step(state, event, this);
    }

    @Override
    public void turnEnded(VcpuState state, Turn turn, EventView entry) {}

    @Override
    public void turnBroken(VcpuState state, Turn turn, boolean lost) {}

    @Override
    public void paired(VcpuState state) {}

    @Override
    public void entryAfterEntry(VcpuState state, EventView entry) {}

    @Override
    public void exitAfterExit(VcpuState state, EventView exit) {}

    @Override
    public void entered(VcpuState state, EventView entry) {}

    @Override
    public void nestedEntry(VcpuState state) {}

    @Override
    public void nestedExit(VcpuState state) {}

    @Override
    public void nestedReflection(VcpuState state) {}

    @Override
    public void fpuSwitched(VcpuState state, boolean load) {}

    @Override
    public void guestMsrAccess(VcpuState state, EventView event) {}

    @Override
    public void hostXfdRead(VcpuState state, EventView event) {}

    @Override
    public void guestXstateShown(VcpuState state) {}

    @Override
    public void familyShown(EventFamily family) {}

    @Override
    public void familyDisproved(EventFamily family) {}

    @Override
    public void groundTruth(VcpuState state, EventView event) {}

    @Override
    public void nowiProved(EventView event) {}
}
