package io.trapline.app.topology;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.topic.Topics;
import io.trapline.schemas.wire.ChunkDecoder;
import java.time.Duration;
import java.util.ArrayList;
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

/** What a run has in the log, as any reader of committed records finds it. */
final class LogChunks {
    /** A chunk and where it lies in its partition. */
    record Chunk(long offset, EventColumns columns) {}

    private LogChunks() {}

    /** The chunks of each stream of a run by its key, in the order of the log, since it was deleted last. */
    static Map<String, List<Chunk>> of(BrokerHandle broker, Run run) {
        Map<String, List<Chunk>> chunks = new HashMap<>();
        ChunkDecoder decoder = new ChunkDecoder();
        read(broker, Topics.TRACE.name(), record -> {
            if (!record.key().startsWith(StreamKey.join(run.getRun(), ""))) {
                return; // another run's
            }
            if (record.value() == null) {
                chunks.remove(record.key());
                return; // deleted
            }
            EventColumns columns = new EventColumns();
            decoder.decode(record.value(), columns);
            chunks.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(new Chunk(record.offset(), columns));
        });
        return chunks;
    }

    /** Reads a topic to its end. */
    static void read(BrokerHandle broker, String topic, Consumer<ConsumerRecord<String, byte[]>> visitor) {
        Map<String, Object> settings = new HashMap<>(broker.clientConfig());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(visitor);
            }
        }
    }
}
