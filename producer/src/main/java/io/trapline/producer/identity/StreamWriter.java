package io.trapline.producer.identity;

import io.trapline.producer.EventSink;
import io.trapline.producer.StreamSummary;
import io.trapline.schemas.avro.StreamThread;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers the events of one stream, keeps their time from going back, and hands them on in chunks. */
final class StreamWriter {
    /** Threads of one stream that its record names. */
    static final int CARRIERS_MAX = 256;

    private final StreamKey key;
    private final boolean vmGuessed;
    private final long clockHz;
    private final int chunkMax;
    private final int carriersMax;
    private final EventSink sink;
    private final EventColumns columns = new EventColumns();
    private final Map<Integer, StreamThread> threads = new LinkedHashMap<>();
    private final long[] eventsByKind = new long[EventKind.CODES];

    private long carriersLeftOut;
    private long seq;
    private long copies;
    private long clamps;
    private long lastTime = Long.MIN_VALUE;
    /** Line of the loss that was told last: lines count from 1. */
    private long lastLossMarker;

    StreamWriter(StreamKey key, boolean vmGuessed, long clockHz, int chunkMax, int carriersMax, EventSink sink) {
        this.key = key;
        this.vmGuessed = vmGuessed;
        this.clockHz = clockHz;
        this.chunkMax = chunkMax;
        this.carriersMax = carriersMax;
        this.sink = sink;
        columns.reset(key, clockHz, 0);
    }

    /** Adds a copy of an event. A loss is told once, however many of its threads bring it. */
    void append(EventColumns from, int row) {
        if (from.kind(row) == EventKind.GAP && isToldAlready(from.source(row))) {
            return;
        }
        long time = from.time(row);
        if (time >= lastTime) {
            lastTime = time;
            columns.appendFrom(from, row);
        } else {
            clamps++;
            appendAt(lastTime, from, row);
        }
        count(from, row);
    }

    private void count(EventColumns from, int row) {
        EventKind kind = from.kind(row);
        if (from.isCopy(row)) {
            copies++;
        } else {
            eventsByKind[kind.code()]++;
        }
        seq++;
        if (columns.count() >= chunkMax) {
            flush();
        }
    }

    private void appendAt(long time, EventColumns from, int row) {
        columns.append(from.kind(row), from.code(row), time, from.cpu(row), from.flags(row), from.source(row));
        for (int slot = 0; slot < EventColumns.SLOTS; slot++) {
            if (from.has(row, slot)) {
                columns.set(slot, from.get(row, slot));
            }
        }
        for (int place = 0; place < EventColumns.TEXTS; place++) {
            columns.setText(place, from.text(row, place));
        }
    }

    private boolean isToldAlready(long lossMarker) {
        boolean told = lastLossMarker == lossMarker;
        lastLossMarker = lossMarker;
        return told;
    }

    /** Notes that a thread carries this stream. */
    void carriedBy(int pid, String comm) {
        if (threads.size() < carriersMax || threads.containsKey(pid)) {
            threads.put(pid, new StreamThread(pid, comm));
        } else {
            carriersLeftOut++;
        }
    }

    /** How often a thread carried the stream that was one too many to be named. */
    long carriersLeftOut() {
        return carriersLeftOut;
    }

    /** Hands on what has gathered. */
    void flush() {
        if (columns.count() > 0) {
            sink.accept(columns);
            columns.reset(key, clockHz, seq);
        }
    }

    long events(EventKind kind) {
        return eventsByKind[kind.code()];
    }

    StreamSummary summary() {
        List<StreamThread> carriers = new ArrayList<>(threads.values());
        carriers.sort(Comparator.comparingInt(StreamThread::getPid));
        return new StreamSummary(key, seq - 1, seq - copies, copies, clamps, vmGuessed, carriers);
    }
}
