package io.trapline.producer.publish;

import io.trapline.producer.EventSink;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.TraceChunk;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.SchemaRegistry;
import io.trapline.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes one run into the log: its record as OPEN before its first event, its events in transactions of chunks, and with the
 * last of them its record as COMPLETE, so that nobody sees a complete run without all its events. Closing without
 * {@link #complete} leaves it open: who claims it next goes on with it. To go on, a source delivers everything again from its
 * first event, and what the log has is left out.
 *
 * <p>Holds back its caller when the cluster is slower ({@code buffer.memory}). One publisher serves one thread.
 */
public final class RunPublisher implements EventSink, AutoCloseable {
    private final RunTransactions transactions;
    /** Null where values carry their schema's fingerprint, which needs no server. */
    private final SchemaRegistry registry;

    private final List<Long> startOffsets;
    private final PublishProgress progress;
    private final ChunkCutter cutter = new ChunkCutter();
    private final PublishedStreams streams;
    /** The record that opens the run; null once it is in the log. */
    private Run unwritten;

    private long events;
    private long bytes;
    private boolean ended;

    private RunPublisher(
            RunTransactions transactions, SchemaRegistry registry, List<Long> startOffsets, PublishProgress progress) {
        this.transactions = transactions;
        this.registry = registry;
        this.startOffsets = startOffsets;
        this.progress = progress;
        streams = new PublishedStreams(transactions.run(), transactions.partitionsOf(Topics.TRACE.name()));
    }

    /** Begins a run that the log does not have; {@code startOffsets} is where the trace topic ends now. */
    static RunPublisher anew(
            RunTransactions transactions,
            SchemaRegistry registry,
            Run open,
            List<Long> startOffsets,
            PublishProgress progress) {
        RunPublisher publisher = new RunPublisher(transactions, registry, startOffsets, progress);
        publisher.unwritten = Run.newBuilder(open)
                .setStatus(RunStatus.OPEN)
                .setStartOffsets(startOffsets)
                .build();
        return publisher;
    }

    /** Goes on with a run that the log has as open, with these streams. */
    static RunPublisher goingOn(
            RunTransactions transactions,
            SchemaRegistry registry,
            Run stored,
            Map<StreamKey, StoredStream> streams,
            PublishProgress progress) {
        RunPublisher publisher = new RunPublisher(transactions, registry, stored.getStartOffsets(), progress);
        progress.resumed(publisher.streams.goOn(streams));
        return publisher;
    }

    /**
     * Sends the next events of a stream; may wait for the cluster.
     *
     * @throws PublishException the cluster refused these or earlier events, or the log has others under their numbers; the
     *     run can only be closed now
     */
    @Override
    public void accept(EventColumns columns) {
        requireOpen();
        transactions.guarded(() -> {
            PublishedStream stream = streams.of(columns.stream());
            stream.expect(columns.firstSeq(), columns.count());
            int stored = stream.storedOf(columns);
            if (stored < columns.count()) {
                writeOpened();
                cutter.cut(columns, stored, this::sendChunk);
            }
            transactions.commitIfDue();
        });
        progress.sent(events, bytes);
    }

    /** Commits what was sent: a silent source keeps nothing back, and the broker has no transaction to time out. */
    @Override
    public void pause() {
        requireOpen();
        transactions.guarded(transactions::commit);
    }

    /**
     * Ends the run: stores what is left together with its record, and returns the record as stored.
     *
     * @param described the run as its source knows it now: all streams with their last numbers
     * @throws PublishException the cluster refused events, or the log has more of the run than its source
     */
    public Run complete(Run described) {
        requireOpen();
        AtomicReference<Run> stored = new AtomicReference<>();
        transactions.guarded(() -> {
            // The offsets of all chunks must be known before the record that names them.
            transactions.flush();
            stored.set(Run.newBuilder(streams.completed(described))
                    .setStartOffsets(startOffsets)
                    .build());
            transactions.sendRun(stored.get());
            transactions.commit();
        });
        ended = true;
        return stored.get();
    }

    /** Lets the cluster go; what is not committed of a run that is not complete is dropped, and the run stays open. */
    @Override
    public void close() {
        ended = true;
        transactions.close();
    }

    /** In a transaction of its own: whoever lists the runs must not wait for the first events. */
    private void writeOpened() {
        if (unwritten != null) {
            transactions.sendRun(unwritten);
            transactions.commit();
            unwritten = null;
        }
    }

    private void sendChunk(StreamKey key, byte[] chunk, int eventsOfChunk) {
        byte[] value =
                registry == null ? chunk : registry.reframe(Topics.TRACE.name(), TraceChunk.getClassSchema(), chunk);
        PublishedStream stream = streams.of(key);
        transactions.send(
                new ProducerRecord<>(Topics.TRACE.name(), stream.partition(), stream.keyBytes(), value),
                stream::stored);
        events += eventsOfChunk;
        bytes += value.length;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("run " + transactions.run() + " has ended");
        }
    }
}
