package io.trapline.producer.publish;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.serde.Partitions;
import io.trapline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds a run by its id, so that importing the same thing twice does nothing. Sees everything whose
 * commit had returned to its writer at the moment of asking.
 */
public final class RunLookup {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, ?> client;
    private final Duration answerMax;
    private final LongSupplier nanoTime;

    /**
     * {@code client} are settings of Kafka clients (at least {@code bootstrap.servers}), {@code answerMax} how long the
     * cluster may take.
     */
    public RunLookup(Map<String, ?> client, Duration answerMax, LongSupplier nanoTime) {
        this.client = client;
        this.answerMax = answerMax;
        this.nanoTime = nanoTime;
    }

    /**
     * The latest record of this run, or null where there is none.
     *
     * @throws PublishException the cluster does not answer or has no topic of runs
     */
    public Run find(String run) {
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(ClientSettings.ofReader(client, IsolationLevel.READ_COMMITTED))) {
            byte[] value = latest(consumer, run);
            return AvroSerde.of(Run.class, client).deserializer().deserialize(Topics.RUNS.name(), value);
        } catch (KafkaException e) {
            throw new PublishException("run " + run + " cannot be looked up: " + e.getMessage(), e);
        }
    }

    private byte[] latest(Consumer<byte[], byte[]> consumer, String run) {
        byte[] key = run.getBytes(StandardCharsets.UTF_8);
        TopicPartition partition = partitionOf(consumer, run);
        long end = writtenEnd(partition);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long deadline = nanoTime.getAsLong() + answerMax.toNanos();
        byte[] latest = null;
        while (consumer.position(partition, answerMax) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (Arrays.equals(record.key(), key)) {
                    latest = record.value();
                }
            }
            if (nanoTime.getAsLong() - deadline > 0) {
                throw new PublishException("topic " + Topics.RUNS.name() + " could not be read to its end within "
                        + answerMax.toSeconds() + " s: a writer died in the middle of a transaction, which the cluster "
                        + "aborts after a minute, or a broker is down; try again");
            }
        }
        return latest;
    }

    /**
     * Where the topic ends, with what is not committed yet. A commit returns to its writer a moment before readers see it:
     * reading only to the end of what is seen would find a run open that is complete.
     */
    private long writtenEnd(TopicPartition partition) {
        try (Consumer<byte[], byte[]> all =
                new KafkaConsumer<>(ClientSettings.ofReader(client, IsolationLevel.READ_UNCOMMITTED))) {
            return all.endOffsets(List.of(partition), answerMax).get(partition);
        }
    }

    private TopicPartition partitionOf(Consumer<byte[], byte[]> consumer, String run) {
        int partitions = consumer.partitionsFor(Topics.RUNS.name(), answerMax).size();
        if (partitions == 0) {
            throw new PublishException(
                    "the cluster has no topic " + Topics.RUNS.name() + "; `trapline topics` creates it");
        }
        return new TopicPartition(Topics.RUNS.name(), Partitions.of(run, partitions));
    }
}
