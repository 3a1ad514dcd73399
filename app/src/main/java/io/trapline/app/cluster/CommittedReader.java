package io.trapline.app.cluster;

import io.trapline.app.broker.BrokerHandle;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning, committed records only, without a group. */
final class CommittedReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> ends;

    /** {@code partition} -1: all of them. */
    CommittedReader(BrokerHandle cluster, String topic, int partition) {
        Map<String, Object> settings = new HashMap<>(cluster.clientConfig());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .filter(found -> partition < 0 || found.partition() == partition)
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        ends = consumer.endOffsets(partitions);
    }

    List<TopicPartition> partitions() {
        return partitions;
    }

    /** One poll; returns soon also when there is nothing. */
    void poll(Consumer<ConsumerRecord<String, byte[]>> visitor) {
        consumer.poll(POLL).forEach(visitor);
    }

    /** Whether everything has been read that was committed when the reader was made. */
    boolean atEnd() {
        return isBehind(ends);
    }

    /** Whether everything before these offsets has been read, or was never committed. */
    boolean isBehind(Map<TopicPartition, Long> offsets) {
        return partitions.stream().allMatch(partition -> consumer.position(partition) >= offsets.get(partition));
    }

    @Override
    public void close() {
        // An interrupted thread would not even say goodbye, and Kafka would log that as an error.
        boolean interrupted = Thread.interrupted();
        consumer.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
