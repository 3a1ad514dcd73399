package io.trapline.producer.emulator;

import io.trapline.producer.EventSink;
import io.trapline.schemas.event.StreamKey;
import java.util.ArrayList;
import java.util.List;

/** All streams of a run. */
final class RunStreams {
    private final String run;
    private final EventSink sink;
    private final int batch;
    private final List<StreamColumns> all = new ArrayList<>();

    RunStreams(String run, EventSink sink, int batch) {
        this.run = run;
        this.sink = sink;
        this.batch = batch;
    }

    /** {@code thread} carries the stream, {@link StreamColumns#NO_THREAD} where none does. */
    StreamColumns open(String vm, int vcpu, int thread, EventCount total) {
        StreamColumns stream = new StreamColumns(sink, new StreamKey(run, vm, vcpu), thread, batch, total);
        all.add(stream);
        return stream;
    }

    void flush() {
        all.forEach(StreamColumns::flush);
    }

    /** Those that have events: of others nobody knows. */
    List<StreamColumns> recorded() {
        return all.stream().filter(stream -> stream.events() > 0).toList();
    }
}
