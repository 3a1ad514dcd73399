package io.trapline.app.simulation;

import io.trapline.producer.EventSink;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a run may go through before it is analysed: other chunks, a late start, an early end, holes. */
final class Mangled implements EventSink {
    /** How it is damaged. */
    enum Damage {
        NONE,
        /** The recording begins in the middle, and ends there. */
        CUT,
        /** Events are lost; their numbers tell where. */
        GAPPED
    }

    private final Map<StreamKey, EventColumns> whole = new TreeMap<>();

    @Override
    public void accept(EventColumns columns) {
        EventColumns stream = whole.computeIfAbsent(columns.stream(), key -> {
            EventColumns all = new EventColumns();
            all.reset(key, columns.clockHz(), 0);
            return all;
        });
        for (int row = 0; row < columns.count(); row++) {
            stream.appendFrom(columns, row);
        }
    }

    /** Hands all of it to the sink, and returns the run of what came there. */
    Run into(EventSink sink, Run run, Damage damage, Random random) {
        List<RunStream> streams = new ArrayList<>();
        for (RunStream stream : run.getStreams()) {
            EventColumns all = whole.get(new StreamKey(run.getRun(), stream.getVm(), stream.getVcpu()));
            int from = damage == Damage.CUT ? random.nextInt(all.count()) : 0;
            int to = damage == Damage.CUT ? from + 1 + random.nextInt(all.count() - from) : all.count();
            deliver(sink, all, from, to, damage == Damage.GAPPED, random);
            streams.add(RunStream.newBuilder(stream)
                    .setEvents(to - from)
                    .setLastSeq(to - from - 1L)
                    .build());
        }
        return Run.newBuilder(run).setStreams(streams).build();
    }

    /** In chunks of any size; of a gapped stream some are missing, but not the last, which says where it ends. */
    private static void deliver(EventSink sink, EventColumns all, int from, int to, boolean gapped, Random random) {
        EventColumns chunk = new EventColumns();
        int at = from;
        while (at < to) {
            int end = Math.min(to, at + 1 + random.nextInt(random.nextBoolean() ? 6 : 500));
            boolean lost = gapped && end < to && random.nextInt(12) == 0;
            if (!lost) {
                chunk.reset(all.stream(), all.clockHz(), at - from);
                for (int row = at; row < end; row++) {
                    chunk.appendFrom(all, row);
                }
                sink.accept(chunk);
            }
            at = end;
        }
    }
}
