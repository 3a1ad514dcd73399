package io.trapline.streams.totals;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.RandomTrace;
import io.trapline.streams.RunOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The memory of an analysis does not grow with the length of its run, whatever the run consists of. */
class LongRunTest {
    private static final int VCPUS = 20;
    private static final int TRACES = 40;
    private static final long GROWTH_MAX = 16L << 20;

    private final List<EventColumns> traces =
            LongStream.range(0, TRACES).mapToObj(RandomTrace::of).toList();
    private final EventColumns chunk = new EventColumns();
    private final long[] nextSeqs = new long[VCPUS];
    private final long[] times = new long[VCPUS];
    private final Analysis analysis = new Analysis("live");

    @Test
    void aMillionEvents() {
        run(1_000_000);
    }

    @Test
    @Tag("soak")
    void aHundredMillionEvents() {
        run(100_000_000);
    }

    private void run(long events) {
        long sent = send(0, events / 5);
        long early = usedHeap();
        sent = send(sent, events);
        assertThat(usedHeap()).isLessThan(early + GROWTH_MAX);

        List<SummaryRow> rows = analysis.finish(run());
        assertThat(rows.stream()
                        .map(SummaryRow::getStreamEnd)
                        .filter(Objects::nonNull)
                        .mapToLong(end -> end.getEvents() + end.getCopies())
                        .sum())
                .isEqualTo(sent);
        assertThat(rows).anyMatch(row -> row.getNested() != null).anyMatch(row -> row.getHotSpots() != null);
    }

    private long send(long sent, long upTo) {
        long events = sent;
        for (int turn = (int) (sent % TRACES); events < upTo; turn++) {
            for (int vcpu = 0; vcpu < VCPUS; vcpu++) {
                shift(traces.get((turn + vcpu) % TRACES), vcpu);
                analysis.accept(chunk);
                events += chunk.count();
            }
        }
        return events;
    }

    /** The trace once more, behind what the vCPU has had so far. */
    private void shift(EventColumns trace, int vcpu) {
        chunk.reset(new StreamKey("run", "vm", vcpu), trace.clockHz(), nextSeqs[vcpu]);
        long begin = times[vcpu];
        for (int row = 0; row < trace.count(); row++) {
            long time = begin + Math.max(trace.time(row), 0);
            chunk.append(trace.kind(row), trace.code(row), time, trace.cpu(row), trace.flags(row), trace.source(row));
            for (int slot = 0; slot < EventColumns.SLOTS; slot++) {
                if (trace.has(row, slot)) {
                    chunk.set(slot, trace.get(row, slot));
                }
            }
            for (int text = 0; text < EventColumns.TEXTS; text++) {
                if (trace.text(row, text) != null) {
                    chunk.setText(text, trace.text(row, text));
                }
            }
            times[vcpu] = Math.max(times[vcpu], time);
        }
        nextSeqs[vcpu] += trace.count();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private Run run() {
        Run run = RunOf.description();
        List<RunStream> streams = new ArrayList<>();
        for (int vcpu = 0; vcpu < VCPUS; vcpu++) {
            chunk.reset(new StreamKey("run", "vm", vcpu), 1, 0);
            RunStream stream = RunOf.streamOf(chunk);
            stream.setLastSeq(nextSeqs[vcpu] - 1);
            stream.setEvents(nextSeqs[vcpu]);
            streams.add(stream);
        }
        run.setStreams(streams);
        return run;
    }
}
