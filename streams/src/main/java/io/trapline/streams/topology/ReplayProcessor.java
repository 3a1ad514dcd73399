package io.trapline.streams.topology;

import io.trapline.schemas.avro.LogPlace;
import io.trapline.schemas.avro.StreamForgotten;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.avro.TraceChunk;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.ForeignBytesException;
import io.trapline.schemas.wire.KnownSchemas;
import io.trapline.streams.fold.StreamFold;
import io.trapline.streams.totals.RowCarrier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Loads a stream's cell, steps its fold over a chunk, stores it, forwards what it says. */
final class ReplayProcessor extends ContextualProcessor<String, ReplayInput, String, ReplayOutput> {
    static final String STORE = "vcpu-state";

    /** How often people who watch see rows of windows that are still open. */
    private static final Duration PROVISIONAL_EVERY = Duration.ofSeconds(1);

    private final String analysis;
    private final ChunkDecoder decoder;
    private final EventColumns events = new EventColumns();
    private VcpuStateStore folds;
    private RowCarrier rows;
    /** The cell of the record at hand. */
    private StreamCell at;

    ReplayProcessor(String analysis, KnownSchemas.Registry registry) {
        this.analysis = analysis;
        decoder = new ChunkDecoder(KnownSchemas.of(TraceChunk.getClassSchema(), registry));
    }

    @Override
    public void init(ProcessorContext<String, ReplayOutput> context) {
        super.init(context);
        folds = context.getStateStore(STORE);
        rows = new RowCarrier(this::forward);
        context.schedule(PROVISIONAL_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> forwardProvisional());
    }

    @Override
    public void process(Record<String, ReplayInput> record) {
        if (record.value() instanceof ReplayInput.Chunk chunk) {
            if (chunk.value() == null) {
                forget(record);
            } else {
                fold(record, chunk.value());
            }
        } else if (record.value() instanceof ReplayInput.End end) {
            at = folds.change(record.key());
            at.announce(end.mark(), rows);
        }
    }

    /** A stream's key without a value: the stream was deleted. */
    private void forget(Record<String, ReplayInput> record) {
        StreamKey stream;
        try {
            stream = StreamKey.decode(record.key());
        } catch (IllegalArgumentException e) {
            bury(record, null, "no value, and the key is no stream's");
            return;
        }
        at = folds.change(record.key());
        at.forget(offset(), rows);
        SummaryRow forgotten = RowCarrier.of(analysis, stream.run());
        forgotten.setForgotten(new StreamForgotten(stream.vm(), stream.vcpu()));
        forgotten.setPlace(new LogPlace(context().taskId().partition(), offset()));
        send(forgotten);
    }

    private long offset() {
        return context().recordMetadata().orElseThrow().offset();
    }

    private void fold(Record<String, ReplayInput> record, byte[] chunk) {
        try {
            decoder.decode(chunk, events);
        } catch (ForeignBytesException e) {
            bury(record, chunk, e.getMessage());
            return;
        }
        String key = events.stream().encode();
        if (!key.equals(record.key())) {
            bury(record, chunk, "the key is not that of the chunk's stream, " + key);
            return;
        }
        at = folds.change(key);
        StreamFold.Folded folded = at.fold(events, offset(), rows);
        if (folded == StreamFold.Folded.LATE) {
            bury(record, chunk, "the chunk came after its place in the stream had been given up as a gap");
        }
    }

    private void forward(SummaryRow row) {
        if (row.getStreamEnd() != null) {
            row.setPlace(at.firstPlace(context().taskId().partition()));
        }
        send(row);
    }

    private void send(SummaryRow row) {
        context()
                .forward(new Record<>(
                        row.getRun(), new ReplayOutput.Row(row), context().currentSystemTimeMs()));
    }

    private void forwardProvisional() {
        for (StreamFold fold : folds.takeChanged()) {
            fold.provisional(rows);
        }
    }

    private void bury(Record<String, ReplayInput> record, byte[] value, String reason) {
        Headers headers = new RecordHeaders(record.headers());
        headers.add("trapline.reason", reason.getBytes(StandardCharsets.UTF_8));
        context().recordMetadata().ifPresent(from -> headers.add("trapline.from", position(from)));
        context()
                .forward(new Record<>(
                        record.key(),
                        new ReplayOutput.DeadLetter(value),
                        context().currentSystemTimeMs(),
                        headers));
    }

    private static byte[] position(RecordMetadata from) {
        return (from.topic() + "-" + from.partition() + "@" + from.offset()).getBytes(StandardCharsets.UTF_8);
    }
}
