package io.trapline.producer.publish;

import io.trapline.producer.EventSink;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.TraceChunk;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.serde.Partitions;
import io.trapline.schemas.serde.SchemaRegistry;
import io.trapline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes one run into the log: its record as OPEN, its events in transactions of chunks, and with the last of them its record
 * as COMPLETE, so that nobody sees a complete run without all its events. Closing without {@link #complete} aborts. A run that
 * a dead writer left open is published again under the same id, from its first event: readers drop what they have already.
 *
 * <p>Holds back its caller when the cluster is slower ({@code buffer.memory}). One publisher serves one thread.
 */
public final class RunPublisher implements EventSink, AutoCloseable {
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    private final Run open;
    private final Producer<byte[], byte[]> producer;
    private final Serializer<Run> runSerializer;
    /** Null where values carry their schema's fingerprint, which needs no server. */
    private final SchemaRegistry registry;

    private final PublishProgress progress;
    private final LongSupplier nanoTime;
    private final ChunkCutter cutter = new ChunkCutter();
    private final CommitSchedule transaction = new CommitSchedule();
    private final AtomicReference<Exception> firstError = new AtomicReference<>();
    private PublishedStreams streams;
    private long events;
    private long bytes;
    private boolean ended;

    private RunPublisher(Map<String, ?> client, Run open, PublishProgress progress, LongSupplier nanoTime) {
        // First of all: Avro does not even copy a record of ours before a codec has made its package trusted.
        runSerializer = AvroSerde.of(Run.class, client).serializer();
        registry = SchemaRegistry.of(client);
        this.open = Run.newBuilder(open).setStatus(RunStatus.OPEN).build();
        this.progress = progress;
        this.nanoTime = nanoTime;
        producer = new KafkaProducer<>(ClientSettings.ofProducer(client, open.getRun()));
    }

    /**
     * Begins a run: fences every other writer of it and writes its record as OPEN.
     *
     * @param client settings of Kafka clients, at least {@code bootstrap.servers}
     * @param open what is known of the run now; its id is what counts
     * @param nanoTime a clock that does not go back, for the age of transactions
     * @throws PublishException the cluster cannot be reached or has not our topics
     */
    public static RunPublisher open(Map<String, ?> client, Run open, PublishProgress progress, LongSupplier nanoTime) {
        RunPublisher publisher;
        try {
            publisher = new RunPublisher(client, open, progress, nanoTime);
        } catch (KafkaException e) {
            throw new PublishException("run " + open.getRun() + " cannot be published: " + e.getMessage(), e);
        }
        try {
            publisher.begin();
        } catch (RuntimeException e) {
            publisher.producer.close(Duration.ZERO);
            throw e;
        }
        return publisher;
    }

    private void begin() {
        guarded(() -> {
            producer.initTransactions();
            streams = new PublishedStreams(
                    open.getRun(), producer.partitionsFor(Topics.TRACE.name()).size());
            ensureTransaction();
            sendRun(open);
            commit();
        });
    }

    /**
     * Sends the next events of a stream; may wait for the cluster.
     *
     * @throws PublishException the cluster refused these or earlier events; the run can only be aborted now
     */
    @Override
    public void accept(EventColumns columns) {
        requireOpen();
        guarded(() -> {
            streams.of(columns.stream()).expect(columns.firstSeq(), columns.count());
            ensureTransaction();
            cutter.cut(columns, this::sendChunk);
            commitIfDue();
        });
        progress.sent(events, bytes);
    }

    /**
     * Commits if the transaction is old enough. {@link #accept} does so too: only a live source calls this, about once a second
     * while nothing comes, so that what came is not kept back and the broker does not time the transaction out.
     */
    public void tick() {
        requireOpen();
        guarded(this::commitIfDue);
    }

    /**
     * Ends the run: stores what is left together with its record, and returns the record as stored.
     *
     * @param described the run as its source knows it now: all streams with their last numbers
     */
    public Run complete(Run described) {
        requireOpen();
        AtomicReference<Run> stored = new AtomicReference<>();
        guarded(() -> {
            ensureTransaction();
            // The offsets of all chunks must be known before the record that names them.
            producer.flush();
            throwFirstError();
            stored.set(streams.completed(described));
            sendRun(stored.get());
            commit();
        });
        ended = true;
        return stored.get();
    }

    /**
     * Ends the run as ABORTED; events of the transaction that is open are dropped.
     *
     * @throws PublishException the cluster does not take even that: the run stays open until it is imported again
     */
    public void abort() {
        requireOpen();
        ended = true;
        firstError.set(null);
        guarded(() -> {
            if (transaction.isOpen()) {
                producer.abortTransaction();
                transaction.ended();
                // The chunks that the abort dropped are reported as errors: expected here.
                firstError.set(null);
            }
            ensureTransaction();
            sendRun(Run.newBuilder(open).setStatus(RunStatus.ABORTED).build());
            commit();
        });
    }

    /** Aborts a run that is not complete, and lets the cluster go. */
    @Override
    public void close() {
        try {
            if (!ended) {
                abort();
            }
        } finally {
            producer.close(CLOSE_MAX);
        }
    }

    private void sendChunk(StreamKey key, byte[] chunk, int eventsOfChunk) {
        byte[] value =
                registry == null ? chunk : registry.reframe(Topics.TRACE.name(), TraceChunk.getClassSchema(), chunk);
        PublishedStream stream = streams.of(key);
        send(new ProducerRecord<>(Topics.TRACE.name(), stream.partition(), stream.keyBytes(), value), stream);
        transaction.sent(value.length);
        events += eventsOfChunk;
        bytes += value.length;
    }

    private void sendRun(Run run) {
        int partitions = producer.partitionsFor(Topics.RUNS.name()).size();
        byte[] key = run.getRun().getBytes(StandardCharsets.UTF_8);
        byte[] value = runSerializer.serialize(Topics.RUNS.name(), run);
        send(new ProducerRecord<>(Topics.RUNS.name(), Partitions.of(run.getRun(), partitions), key, value), null);
    }

    /** {@code stream} hears the offset; null where nobody asks. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets every error, without keeping a future per chunk
    private void send(ProducerRecord<byte[], byte[]> record, PublishedStream stream) {
        producer.send(record, (metadata, error) -> {
            if (error != null) {
                firstError.compareAndSet(null, error);
            } else if (stream != null) {
                stream.stored(metadata.offset());
            }
        });
    }

    private void ensureTransaction() {
        if (!transaction.isOpen()) {
            producer.beginTransaction();
            transaction.begun(nanoTime.getAsLong());
        }
    }

    private void commitIfDue() {
        throwFirstError();
        if (transaction.isDue(nanoTime.getAsLong())) {
            commit();
        }
    }

    private void commit() {
        producer.commitTransaction();
        transaction.ended();
        throwFirstError();
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("run " + open.getRun() + " has ended");
        }
    }

    private void throwFirstError() {
        Exception error = firstError.get();
        if (error != null) {
            throw sentence(error);
        }
    }

    /** Runs what talks to the cluster; its errors become sentences, the first one being the cause of the others. */
    private void guarded(Runnable talk) {
        try {
            talk.run();
        } catch (KafkaException e) {
            Exception first = firstError.get();
            throw sentence(first == null ? e : first);
        }
    }

    private PublishException sentence(Exception error) {
        if (error instanceof ProducerFencedException || error instanceof InvalidProducerEpochException) {
            return new PublishException(
                    "run " + open.getRun() + " was taken over by another process that publishes the same run", error);
        }
        return new PublishException("publishing run " + open.getRun() + " failed: " + error.getMessage(), error);
    }
}
