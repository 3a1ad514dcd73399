package io.trapline.app.cluster;

import io.trapline.app.broker.BrokerHandle;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where partitions end, with what is not committed yet. A commit returns to its writer a moment before readers see it: who reads
 * only to the end of what is seen may miss what a command before has just said to be there.
 */
final class WrittenEnds {
    private WrittenEnds() {}

    static Map<TopicPartition, Long> of(BrokerHandle cluster, Collection<TopicPartition> partitions) {
        Map<String, Object> settings = new HashMap<>(cluster.clientConfig());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        try (KafkaConsumer<byte[], byte[]> all =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return all.endOffsets(partitions);
        }
    }
}
