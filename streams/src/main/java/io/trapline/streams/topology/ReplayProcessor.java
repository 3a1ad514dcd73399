package io.trapline.streams.topology;

import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.avro.TraceChunk;
import io.trapline.schemas.event.EventColumns;
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

/** Loads a stream's fold, steps it over a chunk, stores it, forwards what it says. */
final class ReplayProcessor extends ContextualProcessor<String, ReplayInput, String, ReplayOutput> {
    static final String STORE = "vcpu-state";

    /** How often people who watch see rows of windows that are still open. */
    private static final Duration PROVISIONAL_EVERY = Duration.ofSeconds(1);

    private final ChunkDecoder decoder;
    private final EventColumns events = new EventColumns();
    private VcpuStateStore folds;
    private RowCarrier rows;

    ReplayProcessor(KnownSchemas.Registry registry) {
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
            fold(record, chunk.value());
        } else if (record.value() instanceof ReplayInput.End end) {
            folds.change(record.key()).endAt(end.mark().getLastSeq(), rows);
        }
    }

    private void fold(Record<String, ReplayInput> record, byte[] chunk) {
        try {
            decoder.decode(chunk == null ? new byte[0] : chunk, events);
        } catch (ForeignBytesException e) {
            bury(record, chunk, e.getMessage());
            return;
        }
        String key = events.stream().encode();
        if (!key.equals(record.key())) {
            bury(record, chunk, "the key is not that of the chunk's stream, " + key);
            return;
        }
        StreamFold.Folded folded = folds.change(key).fold(events, rows);
        if (folded == StreamFold.Folded.LATE) {
            bury(record, chunk, "the chunk came after its place in the stream had been given up as a gap");
        }
    }

    private void forward(SummaryRow row) {
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
