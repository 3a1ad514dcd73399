package io.trapline.streams.fold;

import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;

/**
 * Hears of every exit of a vCPU, beside the rows: for what one driver shows of single exits and no row keeps. What it is given is
 * the fold's own, and another exit's afterwards.
 */
public interface ExitWatcher {
    /** Hears of nothing. */
    ExitWatcher NONE = new ExitWatcher() {
        @Override
        public void ended(StreamKey stream, VcpuState at, Turn turn, EventView entry) {}

        @Override
        public void broken(StreamKey stream, VcpuState at, Turn turn) {}
    };

    /** An exit has its entry, whose time is that of the state. */
    void ended(StreamKey stream, VcpuState at, Turn turn, EventView entry);

    /** An exit will not get an entry. */
    void broken(StreamKey stream, VcpuState at, Turn turn);
}
