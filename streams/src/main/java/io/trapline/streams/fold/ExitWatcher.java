package io.trapline.streams.fold;

import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;

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

    /**
     * Whether it wants the records of the exit that it has just heard the end of: if so, they come next. They are made of
     * text, so most watchers want those of few exits.
     */
    default boolean wantsRecords() {
        return false;
    }

    /** The records from the exit to its entry; of a long exit the first and the last ones. */
    default void records(List<EvidenceLine> lines) {}

    /** An exit will not get an entry. */
    void broken(StreamKey stream, VcpuState at, Turn turn);
}
