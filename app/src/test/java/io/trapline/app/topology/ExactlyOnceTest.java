package io.trapline.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cluster.Summaries;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.report.JsonReport;
import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.RunDocument;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of the write-behind store, to be run on every upgrade of Kafka: a topology that is killed in the middle of
 * its work, with its commits, state and all, and started again ends with the same answers as one that was not, and a
 * reader of committed records sees no row of a summary twice.
 */
class ExactlyOnceTest {
    private static final int RUNS = 24;
    private static final long EVENTS = 40_000;
    private static final int KILLS = 3;
    private static final long ANSWER_MAX_NANOS = 180_000_000_000L;

    @TempDir
    Path dataDir;

    @Test
    void killedTopologyLosesNothingAndCountsNothingTwice() throws Exception {
        LogWriter log = new LogWriter(7, 200);
        Map<String, String> expected = new TreeMap<>();
        for (int seed = 0; seed < RUNS; seed++) {
            Emulator emulator = new Emulator(EmulatorOptions.ofSeed(seed).withEvents(EVENTS));
            log.describe(emulator.run(log.sink()).run());
            LoopAnalysis.Result loop = new LoopAnalysis("live").of(emulator);
            expected.put(loop.run().getRun(), JsonReport.write(RunDocument.of(loop.rows())));
        }
        try (BrokerHandle broker = Brokers.joinOrStart(dataDir)) {
            new TopicSetup(broker).createMissing();
            log.writeTo(broker);
            List<Long> resultsAtKill = new ArrayList<>();
            for (int kill = 0; kill < KILLS; kill++) {
                long before = committedRows(broker);
                try (StreamsProcess topology = StreamsProcess.start(broker.bootstrapServers(), dataDir)) {
                    awaitMoreRows(broker, topology, before);
                    topology.kill();
                }
                resultsAtKill.add(committedRows(broker));
            }
            try (StreamsProcess topology = StreamsProcess.start(broker.bootstrapServers(), dataDir)) {
                assertThat(answers(broker, topology, expected)).isEqualTo(expected);
            }
            assertThat(resultsAtKill)
                    .as("it was killed in the middle of its work")
                    .isSorted();
            assertNoSummaryRowTwice(broker);
        }
    }

    /** Waits until the topology has committed work, so that a kill hits the middle and not the start. */
    private static void awaitMoreRows(BrokerHandle broker, StreamsProcess topology, long before) {
        long deadline = System.nanoTime() + ANSWER_MAX_NANOS;
        while (committedRows(broker) <= before) {
            assertThat(topology.isAlive()).as("the topology runs").isTrue();
            assertThat(System.nanoTime()).as("the topology gets on").isLessThan(deadline);
        }
    }

    private static long committedRows(BrokerHandle broker) {
        try (KafkaConsumer<String, byte[]> consumer = consumer(broker)) {
            List<TopicPartition> partitions = partitions(consumer, Topics.EXIT_COSTS.name());
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private static Map<String, String> answers(
            BrokerHandle broker, StreamsProcess topology, Map<String, String> expected) {
        long deadline = System.nanoTime() + ANSWER_MAX_NANOS;
        Map<String, List<SummaryRow>> rows = new Summaries(broker, "live")
                .await(expected.keySet(), () -> System.nanoTime() < deadline && topology.isAlive());
        Map<String, String> answers = new TreeMap<>();
        rows.forEach((run, found) -> answers.put(run, JsonReport.write(RunDocument.of(found))));
        return answers;
    }

    private static void assertNoSummaryRowTwice(BrokerHandle broker) {
        Set<String> seen = new HashSet<>();
        List<String> twice = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer(broker)) {
            List<TopicPartition> partitions = partitions(consumer, Topics.RUN_SUMMARY.name());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(java.time.Duration.ofMillis(100)).forEach(record -> {
                    if (!seen.add(record.key())) {
                        twice.add(record.key());
                    }
                });
            }
        }
        assertThat(twice).isEmpty();
    }

    private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static KafkaConsumer<String, byte[]> consumer(BrokerHandle broker) {
        Map<String, Object> settings = new HashMap<>(broker.clientConfig());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
