package io.trapline.producer.emulator;

import io.trapline.producer.EventSink;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;

/** The events of one stream on their way to the sink, in batches. */
final class StreamColumns {
    static final int NO_THREAD = -1;
    private static final long CLOCK_HZ = 1_000_000_000L;

    private final EventColumns columns = new EventColumns();
    private final EventSink sink;
    private final StreamKey stream;
    private final int thread;
    private final int batch;
    private final EventCount total;
    private long events;
    private long kindsSeen;

    /** {@code batch} events go to the sink at a time. */
    StreamColumns(EventSink sink, StreamKey stream, int thread, int batch, EventCount total) {
        this.total = total;
        this.thread = thread;
        this.sink = sink;
        this.stream = stream;
        this.batch = batch;
        columns.reset(stream, CLOCK_HZ, 0);
    }

    StreamKey stream() {
        return stream;
    }

    /** The thread that carries it, {@link #NO_THREAD} where none does. */
    int thread() {
        return thread;
    }

    /** Events of the stream so far. */
    long events() {
        return events;
    }

    /** A bit for the code of each kind that there was. */
    long kindsSeen() {
        return kindsSeen;
    }

    /** Begins an event; its fields are set in what is returned. */
    EventColumns append(EventKind kind, PhysicalCpu cpu, int flags) {
        // Handed over before the next record, not after this one: its fields are still to come.
        if (columns.count() == batch) {
            flush();
        }
        events++;
        total.add();
        kindsSeen |= 1L << kind.code();
        // The source position is the line that a text of these events would have.
        columns.append(kind, cpu.clock().nanos(), cpu.number(), flags, events);
        return columns;
    }

    /** Hands over what is left. */
    void flush() {
        if (columns.count() > 0) {
            sink.accept(columns);
            columns.reset(stream, CLOCK_HZ, events);
        }
    }
}
