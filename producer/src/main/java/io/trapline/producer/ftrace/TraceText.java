package io.trapline.producer.ftrace;

import io.trapline.producer.EventSink;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.avro.StreamThread;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.ChunkEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run as the kernel's {@code trace} file would have it (options irq-info and record-tgid, clock mono): all streams in one
 * order of time, a line for each event. What no recording has, ground truth and the copies of the host's streams, is left
 * out; times lose what is below a microsecond, as the kernel's do. Keeps the events packed until the run is complete, as only
 * then threads are known.
 */
public final class TraceText implements EventSink {
    private static final String HEADER = """
            # tracer: nop
            #
            # entries-in-buffer/entries-written: %1$d/%1$d   #P:%2$d
            #
            #                                          _-----=> irqs-off/BH-disabled
            #                                         / _----=> need-resched
            #                                        | / _---=> hardirq/softirq
            #                                        || / _--=> preempt-depth
            #                                        ||| / _-=> migrate-disable
            #                                        |||| /     delay
            #           TASK-PID       TGID    CPU#  |||||  TIMESTAMP  FUNCTION
            #              | |           |       |   |||||     |         |
            """;

    private final ChunkEncoder encoder = new ChunkEncoder();
    private final SortedMap<StreamKey, List<byte[]>> chunks = new TreeMap<>();
    private long events;
    private int cpus;

    @Override
    public void accept(EventColumns columns) {
        for (int row = 0; row < columns.count(); row++) {
            events += StreamLines.isRecordable(columns, row) ? 1 : 0;
            cpus = Math.max(cpus, columns.cpu(row) + 1);
        }
        chunks.computeIfAbsent(columns.stream(), stream -> new ArrayList<>()).add(encoder.encode(columns));
    }

    /** Writes all of it; {@code run} is the complete one of these events. Does not close. */
    public void writeTo(OutputStream out, Run run) throws IOException {
        out.write(HEADER.formatted(events, cpus).getBytes(StandardCharsets.UTF_8));
        PriorityQueue<StreamLines> next = new PriorityQueue<>();
        for (StreamLines stream : streams(run)) {
            if (stream.advance()) {
                next.add(stream);
            }
        }
        StringBuilder line = new StringBuilder(256);
        for (StreamLines first = next.poll(); first != null; first = next.poll()) {
            line.setLength(0);
            first.appendTo(line);
            out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
            if (first.advance()) {
                next.add(first);
            }
        }
    }

    private List<StreamLines> streams(Run run) {
        SortedMap<Integer, StreamKey> carriers = new TreeMap<>();
        List<StreamLines> streams = new ArrayList<>();
        chunks.forEach((key, chunksOfIt) -> {
            StreamThread thread = key.isHost() ? StreamLines.IDLE : threadOf(run, key);
            StreamKey other = key.isHost() ? null : carriers.putIfAbsent(thread.getPid(), key);
            if (other != null) {
                throw new IllegalArgumentException("thread " + thread.getPid() + " is both " + other + " and " + key);
            }
            streams.add(new StreamLines(streams.size(), thread, processOf(run, key), chunksOfIt));
        });
        return streams;
    }

    private static StreamThread threadOf(Run run, StreamKey key) {
        return run.getStreams().stream()
                .filter(stream -> stream.getVm().equals(key.vm()) && stream.getVcpu() == key.vcpu())
                .flatMap(stream -> stream.getThreads().stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("run " + run.getRun() + " has no thread of " + key));
    }

    /** The thread group of a VM: its first thread's number, as no run tells of any but vCPU threads. */
    private static int processOf(Run run, StreamKey key) {
        return run.getStreams().stream()
                .filter(stream -> stream.getVm().equals(key.vm()))
                .map(RunStream::getThreads)
                .flatMap(List::stream)
                .mapToInt(StreamThread::getPid)
                .min()
                .orElse(StreamLines.IDLE.getPid());
    }
}
