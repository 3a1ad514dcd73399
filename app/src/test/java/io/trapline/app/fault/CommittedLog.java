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
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;
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

    /** No result topic has two final rows under one key. */
    public void assertNoFinalRowTwice() {
        assertNoneTwice(Topics.RUN_SUMMARY, row -> true);
        assertNoneTwice(Topics.EXIT_COSTS, isFinal(Topics.EXIT_COSTS, ExitCostRow.class, ExitCostRow::getProvisional));
        assertNoneTwice(
                Topics.POLICY_VERDICTS,
                isFinal(Topics.POLICY_VERDICTS, PolicyVerdictRow.class, PolicyVerdictRow::getProvisional));
        assertNoneTwice(Topics.VIOLATIONS, isFinal(Topics.VIOLATIONS, FindingRow.class, FindingRow::getProvisional));
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

    private void assertNoneTwice(Topic topic, Predicate<ConsumerRecord<String, byte[]>> counts) {
        Set<String> seen = new HashSet<>();
        List<String> twice = new ArrayList<>();
        read(topic, record -> {
            if (record.value() != null && counts.test(record) && !seen.add(record.key())) {
                twice.add(record.key());
            }
        });
        assertThat(twice).as("keys that come twice in %s", topic.name()).isEmpty();
    }

    private <T extends SpecificRecordBase> Predicate<ConsumerRecord<String, byte[]>> isFinal(
            Topic topic, Class<T> type, Predicate<T> provisional) {
        Deserializer<T> deserializer = AvroSerde.of(type, broker.clientConfig()).deserializer();
        return record -> !provisional.test(deserializer.deserialize(topic.name(), record.value()));
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
