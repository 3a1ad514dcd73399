package io.trapline.producer.publish;

import io.trapline.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads whole topics up to where they end at the moment of asking: committed records, in the order of each partition. */
final class LogReader {
    /** How long the cluster may give nothing: it ends a dead writer's transaction, which readers wait for, after a minute. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(90);

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, ?> client;
    private final LongSupplier nanoTime;

    LogReader(Map<String, ?> client, LongSupplier nanoTime) {
        this.client = client;
        this.nanoTime = nanoTime;
    }

    /** Where each partition of the trace topic ends, with what is not committed. */
    List<Long> traceEnds() {
        try (KafkaConsumer<byte[], byte[]> all = reader(IsolationLevel.READ_UNCOMMITTED)) {
            return List.copyOf(ends(all, partitions(all, Topics.TRACE.name())).values());
        } catch (KafkaException e) {
            throw unreadable(Topics.TRACE.name(), e);
        }
    }

    /** Reads the trace topic from these offsets on, one per partition; from its beginning where there are none. */
    void readTrace(List<Long> from, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        read(Topics.TRACE.name(), from, visitor);
    }

    /** Reads a topic from its beginning. */
    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        read(topic, List.of(), visitor);
    }

    private void read(String topic, List<Long> from, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        Map<TopicPartition, Long> ends;
        try (KafkaConsumer<byte[], byte[]> all = reader(IsolationLevel.READ_UNCOMMITTED)) {
            ends = ends(all, partitions(all, topic));
        } catch (KafkaException e) {
            throw unreadable(topic, e);
        }
        try (KafkaConsumer<byte[], byte[]> consumer = reader(IsolationLevel.READ_COMMITTED)) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            ends.keySet().stream()
                    .filter(partition -> partition.partition() < from.size())
                    .forEach(partition -> seek(consumer, partition, from.get(partition.partition())));
            readTo(ends, consumer, visitor);
        } catch (KafkaException e) {
            throw unreadable(topic, e);
        }
    }

    /** What lay before the beginning has been deleted by retention. */
    private static void seek(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long offset) {
        consumer.seek(partition, Math.max(offset, consumer.position(partition, ANSWER_MAX)));
    }

    private void readTo(
            Map<TopicPartition, Long> ends,
            KafkaConsumer<byte[], byte[]> consumer,
            Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        long heardNanos = nanoTime.getAsLong();
        long stood = -1;
        while (true) {
            long stands = 0;
            boolean done = true;
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                long position = consumer.position(end.getKey(), ANSWER_MAX);
                stands += position;
                done &= position >= end.getValue();
            }
            if (done) {
                return;
            }
            heardNanos = stands > stood ? nanoTime.getAsLong() : heardNanos;
            stood = stands;
            if (nanoTime.getAsLong() - heardNanos > ANSWER_MAX.toNanos()) {
                throw new PublishException(
                        "the log could not be read to its end: for " + ANSWER_MAX.toSeconds()
                                + " s nothing more came. A broker is down, or another writer keeps a transaction open; try again");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    visitor.accept(record);
                }
            }
        }
    }

    private static Map<TopicPartition, Long> ends(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> inOrder = new TreeMap<>(java.util.Comparator.comparingInt(TopicPartition::partition));
        inOrder.putAll(consumer.endOffsets(partitions, ANSWER_MAX));
        return inOrder;
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo info : consumer.partitionsFor(topic, ANSWER_MAX)) {
            partitions.add(new TopicPartition(topic, info.partition()));
        }
        if (partitions.isEmpty()) {
            throw new PublishException("the cluster has no topic " + topic + "; `trapline topics create` creates it");
        }
        return partitions;
    }

    private KafkaConsumer<byte[], byte[]> reader(IsolationLevel isolation) {
        return new KafkaConsumer<>(ClientSettings.ofReader(client, isolation));
    }

    private static PublishException unreadable(String topic, KafkaException e) {
        return new PublishException("topic " + topic + " cannot be read: " + e.getMessage(), e);
    }
}
