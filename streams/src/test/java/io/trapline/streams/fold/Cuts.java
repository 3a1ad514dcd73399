package io.trapline.streams.fold;

import io.trapline.schemas.event.EventColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Cuts a stream into chunks. */
final class Cuts {
    private Cuts() {}

    static EventColumns chunk(EventColumns events, int from, int to) {
        EventColumns chunk = new EventColumns();
        chunk.reset(events.stream(), events.clockHz(), events.firstSeq() + from);
        for (int row = from; row < to; row++) {
            chunk.appendFrom(events, row);
        }
        return chunk;
    }

    /** Chunks of at most {@code longest} events. */
    static List<EventColumns> at(EventColumns events, Random random, int longest) {
        List<EventColumns> chunks = new ArrayList<>();
        for (int from = 0; from < events.count(); ) {
            int to = Math.min(events.count(), from + 1 + random.nextInt(longest));
            chunks.add(chunk(events, from, to));
            from = to;
        }
        return chunks;
    }
}
