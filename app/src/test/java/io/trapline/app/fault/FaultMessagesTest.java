package io.trapline.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads, and a script gets as exit code, when something that a command stands on is gone or wrong. */
@Timeout(180)
class FaultMessagesTest {
    private static final int CLUSTER_UNREACHABLE = 4;
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration TOLD_MAX = Duration.ofSeconds(20);
    private static final Duration START_MAX = Duration.ofSeconds(60);

    /** Single-object encoding with a fingerprint that nobody gave. */
    private static final byte[] UNKNOWN_SCHEMA = {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    @TempDir
    Path directory;

    @Test
    void whoJoinedABrokerThatIsKilledEndsAtOnceWithASentence() throws Exception {
        try (TraplineProcess owner = start("streams");
                TraplineProcess joined = startWhenRunning(owner, "streams", "--analysis", "other")) {
            await(joined, () -> joined.errors().contains("of process " + owner.pid()));

            owner.kill();

            assertThat(joined.endsWithin(TOLD_MAX)).as("it ends soon").isTrue();
            assertThat(joined.exitCode()).isEqualTo(CLUSTER_UNREACHABLE);
            assertThat(joined.errors()).contains("trapline: The embedded broker ended with process " + owner.pid());
            joined.assertSpeaksInSentences();
        }
    }

    @Test
    void foreignBytesAreBuriedAndAnUnknownSchemaStopsTheTopology() throws Exception {
        try (BrokerHandle broker = Brokers.joinOrStart(directory.resolve("data"))) {
            new TopicSetup(broker).createMissing();
            CommittedLog log = new CommittedLog(broker);
            try (TraplineProcess streams = start("streams")) {
                write(broker, "no chunk".getBytes(StandardCharsets.UTF_8));
                await(streams, () -> log.end(Topics.DEAD_LETTER) > 0);

                write(broker, UNKNOWN_SCHEMA);

                assertThat(streams.exitCode()).isEqualTo(CLUSTER_UNREACHABLE);
                assertThat(streams.errors())
                        .contains("trapline: The log has a record written with a schema of fingerprint");
                streams.assertSpeaksInSentences();
            }
        }
    }

    private TraplineProcess startWhenRunning(TraplineProcess first, String... arguments) throws Exception {
        await(first, () -> first.errors().contains("runs on"));
        return start(arguments);
    }

    private TraplineProcess start(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--data-dir", directory.resolve("data").toString()));
        return TraplineProcess.start(directory.resolve("output"), line);
    }

    /** Waits for what a process does, as long as it lives. */
    private static void await(TraplineProcess process, BooleanSupplier done) throws InterruptedException {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!done.getAsBoolean()) {
            assertThat(process.endsWithin(TICK)).as(process.errors()).isFalse();
            assertThat(System.nanoTime()).as("%s gets on", process).isLessThan(deadline);
        }
    }

    private static void write(BrokerHandle broker, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(broker.clientConfig(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.TRACE.name(), 0, "run/vm-0/0", value))
                    .get();
        }
    }
}
