package io.trapline.producer.publish;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.serde.Partitions;
import io.trapline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The transactions of the one writer that a run has: whoever begins them last fences all others of the same run, and what
 * those had not committed is gone. Errors become sentences, the first one being the cause of the others.
 */
final class RunTransactions implements AutoCloseable {
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);
    private static final LongConsumer NOBODY_ASKS = offset -> {};

    private final String run;
    private final Producer<byte[], byte[]> producer;
    private final Serializer<Run> runSerializer;
    private final LongSupplier nanoTime;
    private final CommitSchedule schedule = new CommitSchedule();
    private final AtomicReference<Exception> firstError = new AtomicReference<>();

    private RunTransactions(Map<String, ?> client, String run, LongSupplier nanoTime) {
        this.run = run;
        this.nanoTime = nanoTime;
        // First of all: Avro does not even copy a record of ours before a codec has made its package trusted.
        runSerializer = AvroSerde.of(Run.class, client).serializer();
        producer = new KafkaProducer<>(ClientSettings.ofProducer(client, run));
    }

    /** Fences every other writer of the run. */
    static RunTransactions fencing(Map<String, ?> client, String run, LongSupplier nanoTime) {
        RunTransactions transactions;
        try {
            transactions = new RunTransactions(client, run, nanoTime);
        } catch (KafkaException e) {
            throw new PublishException("run " + run + " cannot be published: " + e.getMessage(), e);
        }
        try {
            transactions.guarded(transactions.producer::initTransactions);
            return transactions;
        } catch (RuntimeException e) {
            transactions.producer.close(Duration.ZERO);
            throw e;
        }
    }

    String run() {
        return run;
    }

    int partitionsOf(String topic) {
        List<PartitionInfo> partitions = producer.partitionsFor(topic);
        return partitions.size();
    }

    /** Sends the run's record. */
    void sendRun(Run record) {
        sendToRuns(runSerializer.serialize(Topics.RUNS.name(), record));
    }

    /** Deletes the run's record. */
    void sendRunTombstone() {
        sendToRuns(null);
    }

    private void sendToRuns(byte[] value) {
        int partition = Partitions.of(run, partitionsOf(Topics.RUNS.name()));
        send(new ProducerRecord<>(Topics.RUNS.name(), partition, run.getBytes(StandardCharsets.UTF_8), value));
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        send(record, NOBODY_ASKS);
    }

    /** {@code stored} hears the offset, on the producer's own thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets every error, without keeping a future per record
    void send(ProducerRecord<byte[], byte[]> record, LongConsumer stored) {
        if (!schedule.isOpen()) {
            producer.beginTransaction();
            schedule.begun(nanoTime.getAsLong());
        }
        schedule.sent(record.value() == null ? 0 : record.value().length);
        producer.send(record, (metadata, error) -> {
            if (error != null) {
                firstError.compareAndSet(null, error);
            } else {
                stored.accept(metadata.offset());
            }
        });
    }

    /** Waits until the offsets of all that was sent are known. */
    void flush() {
        producer.flush();
        throwFirstError();
    }

    void commitIfDue() {
        throwFirstError();
        if (schedule.isDue(nanoTime.getAsLong())) {
            commit();
        }
    }

    /** Commits what was sent, if anything was. */
    void commit() {
        if (schedule.isOpen()) {
            producer.commitTransaction();
            schedule.ended();
        }
        throwFirstError();
    }

    /** Runs what talks to the cluster; its errors become sentences. */
    void guarded(Runnable talk) {
        try {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptException("interrupted");
            }
            talk.run();
        } catch (KafkaException e) {
            Exception first = firstError.get();
            throw sentence(first == null ? e : first);
        }
    }

    private void throwFirstError() {
        Exception error = firstError.get();
        if (error != null) {
            throw sentence(error);
        }
    }

    private PublishException sentence(Exception error) {
        if (error instanceof ProducerFencedException || error instanceof InvalidProducerEpochException) {
            return new RunTakenOver(run, error);
        }
        if (error instanceof InterruptException) {
            return new PublishException(
                    "publishing run " + run + " was interrupted; the same command goes on from there", error);
        }
        return new PublishException("publishing run " + run + " failed: " + error.getMessage(), error);
    }

    /**
     * Drops what is not committed, and lets the cluster go. Does what it can: if the cluster does not hear it, the next
     * writer's fencing drops the same.
     */
    @Override
    public void close() {
        // An interrupted thread would not even say goodbye.
        boolean interrupted = Thread.interrupted();
        try {
            if (schedule.isOpen()) {
                schedule.ended();
                producer.abortTransaction();
            }
        } catch (KafkaException e) {
            firstError.compareAndSet(null, e);
        } finally {
            producer.close(CLOSE_MAX);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
