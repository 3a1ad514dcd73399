package io.trapline.streams.bench;

import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.ChunkEncoder;
import io.trapline.streams.Rows;
import io.trapline.streams.fold.SteadyTrace;
import io.trapline.streams.fold.StreamFold;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Events per CPU second of the whole fold of one stream on decoded chunks, one thread: replay, policies and costs. */
public final class ReplayBench {
    private static final int CHUNK = 1024;
    private static final int TURNS = 200_000;
    private static final int ROUNDS = 12;

    private ReplayBench() {}

    public static void main(String[] args) {
        EventColumns events = SteadyTrace.of(1, TURNS);
        List<EventColumns> chunks = new ArrayList<>();
        for (int from = 0; from < events.count(); from += CHUNK) {
            chunks.add(decoded(events, from, Math.min(from + CHUNK, events.count())));
        }
        for (int round = 0; round < ROUNDS; round++) {
            StreamFold fold = new StreamFold("live", new StreamKey("run", "vm", 0));
            Rows rows = new Rows();
            long begin = cpuNanos();
            chunks.forEach(chunk -> fold.fold(chunk, rows));
            fold.endNow(rows);
            long nanos = cpuNanos() - begin;
            System.out.printf(
                    "%d events, %.1f ns each, %.1f M events/s, %d rows%n",
                    events.count(),
                    (double) nanos / events.count(),
                    events.count() * 1e3 / nanos,
                    rows.all().size());
        }
    }

    /** CPU time of this thread: other work on the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static EventColumns decoded(EventColumns events, int from, int to) {
        EventColumns chunk = new EventColumns();
        new ChunkDecoder().decode(new ChunkEncoder().encode(events, from, to), chunk);
        return chunk;
    }
}
