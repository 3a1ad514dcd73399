package io.trapline.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.Runs;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.topic.Topic;
import io.trapline.schemas.topic.Topics;
import io.trapline.schemas.wire.ChunkDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a reader of committed records finds on the topics, held against what the log promises. */
public final class CommittedLog {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long READ_MAX_NANOS = 60_000_000_000L;

    private final BrokerHandle broker;

    public CommittedLog(BrokerHandle broker) {
        this.broker = broker;
    }

    /**
     * No result topic has a final row twice. A row of a summary or of a window is final once and for all; verdicts and findings
     * count up as windows close, and each count comes once.
     */
    public void assertNoFinalRowTwice() {
        Map<String, Object> settings = broker.clientConfig();
        assertNoneTwice(Topics.RUN_SUMMARY, ConsumerRecord::key);
        assertNoneTwice(
                Topics.EXIT_COSTS,
                rows(
                        AvroSerde.of(ExitCostRow.class, settings).deserializer(),
                        row -> row.getProvisional() ? null : ""));
        assertNoneTwice(
                Topics.POLICY_VERDICTS,
                rows(
                        AvroSerde.of(PolicyVerdictRow.class, settings).deserializer(),
                        row -> row.getProvisional() ? null : row.toString()));
        assertNoneTwice(
                Topics.VIOLATIONS,
                rows(
                        AvroSerde.of(FindingRow.class, settings).deserializer(),
                        row -> row.getProvisional() ? null : row.toString()));
    }

    /** Committed records of a topic with what marks the ends of transactions: grows when somebody commits. */
    public long end(Topic topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer, topic)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /**
     * Every stream of a complete run is there from its first event to its last, without a hole; returns how many events are
     * there more than once, which readers drop.
     */
    long assertWhole(String run) {
        Run complete = new Runs(broker).all().get(run);
        Map<String, Long> next = new HashMap<>();
        List<String> holes = new ArrayList<>();
        long[] copies = {0};
        ChunkDecoder decoder = new ChunkDecoder();
        EventColumns events = new EventColumns();
        read(Topics.TRACE, record -> {
            decoder.decode(record.value(), events);
            if (!events.stream().run().equals(run)) {
                return; // another run in the same topic
            }
            long expected = next.getOrDefault(record.key(), 0L);
            long end = events.firstSeq() + events.count();
            if (events.firstSeq() > expected) {
                holes.add(record.key() + " lacks " + expected + " to " + (events.firstSeq() - 1));
            }
            copies[0] += Math.min(end, Math.max(expected, events.firstSeq())) - events.firstSeq();
            next.put(record.key(), Math.max(expected, end));
        });
        assertThat(holes).as("holes in the log of %s", run).isEmpty();
        Map<String, Long> described = new HashMap<>();
        for (RunStream stream : complete.getStreams()) {
            described.put(new StreamKey(run, stream.getVm(), stream.getVcpu()).encode(), stream.getLastSeq() + 1);
        }
        assertThat(next).as("ends of the streams of %s", run).isEqualTo(described);
        return copies[0];
    }

    /** {@code identity} of what may come once; null where it does not matter. */
    private void assertNoneTwice(Topic topic, Function<ConsumerRecord<String, byte[]>, String> identity) {
        Set<String> seen = new HashSet<>();
        List<String> twice = new ArrayList<>();
        read(topic, record -> {
            String found = record.value() == null ? null : identity.apply(record);
            if (found != null && !seen.add(found)) {
                twice.add(found);
            }
        });
        assertThat(twice).as("what comes twice in %s", topic.name()).isEmpty();
    }

    /** Identity by key and what {@code part} says of the row; null where that is null. */
    private static <T> Function<ConsumerRecord<String, byte[]>, String> rows(
            Deserializer<T> deserializer, Function<T, String> part) {
        return record -> {
            String found = part.apply(deserializer.deserialize(record.topic(), record.value()));
            return found == null ? null : record.key() + " " + found;
        };
    }

    /** Every committed record from the beginning to the end as it is now. */
    private void read(Topic topic, Consumer<ConsumerRecord<String, byte[]>> visitor) {
        long deadline = System.nanoTime() + READ_MAX_NANOS;
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                assertThat(System.nanoTime())
                        .as("reading %s gets on", topic.name())
                        .isLessThan(deadline);
                consumer.poll(POLL).forEach(visitor);
            }
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer, Topic topic) {
        return consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(topic.name(), info.partition()))
                .toList();
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(broker.clientConfig());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
