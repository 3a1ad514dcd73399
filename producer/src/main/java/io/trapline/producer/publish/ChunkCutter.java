package io.trapline.producer.publish;

import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.wire.ChunkEncoder;

/** Cuts events into chunks that keep the limits of the log. No result may depend on where. One cutter serves one thread. */
final class ChunkCutter {
    /** Events of a chunk, at most. */
    static final int EVENTS_MAX = 1_024;
    /** Bytes of an encoded chunk, at most; one event alone may be larger. */
    static final int BYTES_MAX = 64 * 1_024;

    private final int eventsMax;
    private final int bytesMax;
    private final ChunkEncoder encoder = new ChunkEncoder();

    ChunkCutter() {
        this(EVENTS_MAX, BYTES_MAX);
    }

    ChunkCutter(int eventsMax, int bytesMax) {
        if (eventsMax < 1) {
            throw new IllegalArgumentException("chunks of at most " + eventsMax + " events");
        }
        this.eventsMax = eventsMax;
        this.bytesMax = bytesMax;
    }

    /** Hands over all events, in order. */
    void cut(EventColumns events, ChunkTarget target) {
        cut(events, 0, target);
    }

    /** Hands over the events from this row on, in order. */
    void cut(EventColumns events, int firstRow, ChunkTarget target) {
        for (int from = firstRow; from < events.count(); from += eventsMax) {
            cut(events, from, Math.min(events.count(), from + eventsMax), target);
        }
    }

    private void cut(EventColumns events, int from, int to, ChunkTarget target) {
        byte[] value = encoder.encode(events, from, to);
        if (value.length <= bytesMax || to - from == 1) {
            target.chunk(events.stream(), value, to - from);
            return;
        }
        int middle = from + (to - from) / 2;
        cut(events, from, middle, target);
        cut(events, middle, to, target);
    }
}
