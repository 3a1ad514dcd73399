package io.trapline.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.publish.PublishProgress;
import io.trapline.producer.publish.RunClaim;
import io.trapline.producer.publish.RunPublisher;
import io.trapline.producer.source.TraceInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunSource;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.topic.Topics;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.OwnRecords;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What came through a pipe is readable while the pipe is silent, and all there is of the run when it is stopped. */
class LiveImportTest {
    private static final String RUN = "live";
    /** Room for a burst before anybody reads. */
    private static final int PIPE_BYTES = 64 * 1024;

    private static final int BURSTS = 5;
    private static final int ENTRIES_OF_BURST = 100;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path dataDir;

    @BeforeAll
    static void trustOwnRecords() {
        OwnRecords.trust();
    }

    @Test
    void eventsAreCommittedThoughThePipeIsSilentAndStopCompletesTheRun() throws Exception {
        ExecutorService importer = Executors.newSingleThreadExecutor();
        try (BrokerHandle broker = Brokers.joinOrStart(dataDir);
                PipedOutputStream pipe = new PipedOutputStream()) {
            new TopicSetup(broker).createMissing();
            PipedInputStream end = new PipedInputStream(pipe, PIPE_BYTES);
            write(pipe, 0);
            TraceInput input = TraceInput.live("pipe", end);
            Future<Run> run = importer.submit(() -> importAll(broker, input));

            try (KafkaConsumer<String, byte[]> committed = committed(broker)) {
                long readable = awaitEvents(committed, 0, ENTRIES_OF_BURST, run);
                for (int burst = 1; burst < BURSTS; burst++) {
                    write(pipe, burst);
                    readable = awaitEvents(committed, readable, (burst + 1) * ENTRIES_OF_BURST, run);
                }
                // Half a line is on the way when it is stopped.
                pipe.write("       CPU 0/KVM-683     [000] d..1.".getBytes(StandardCharsets.UTF_8));
                pipe.flush();

                input.stop();
            }

            Run stored = run.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            assertThat(stored.getStatus()).isEqualTo(RunStatus.COMPLETE);
            assertThat(stored.getStreams())
                    .singleElement()
                    .satisfies(stream -> assertThat(stream.getLastSeq()).isEqualTo(BURSTS * ENTRIES_OF_BURST - 1));
        } finally {
            importer.shutdownNow();
        }
    }

    private static Run importAll(BrokerHandle broker, TraceInput input) throws Exception {
        Run open = RecordingSummary.opened(RUN, new RunSource("pipe", "unknown", "", "trapline", null, null));
        try (RunClaim claim = RunClaim.of(broker.clientConfig(), RUN, System::nanoTime);
                RunPublisher publisher = claim.publish(open, PublishProgress.NONE)) {
            RecordingImporter importer =
                    new RecordingImporter(RUN, ReadOptions.NONE, RecordingImporter.CHUNK_EVENTS_MAX, publisher);
            return publisher.complete(importer.run(input).toRun(RUN));
        }
    }

    private static void write(PipedOutputStream pipe, int burst) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < ENTRIES_OF_BURST; i++) {
            int time = burst * ENTRIES_OF_BURST + i;
            lines.append(
                    "       CPU 0/KVM-683     [000] d..1.     9.%06d: kvm_entry: vcpu 0, rip 0x1%n".formatted(time));
        }
        pipe.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        pipe.flush();
    }

    /** Reads until so many events are readable; returns how many are. */
    private static long awaitEvents(
            KafkaConsumer<String, byte[]> committed, long before, long wanted, Future<Run> importer) throws Exception {
        ChunkDecoder decoder = new ChunkDecoder();
        EventColumns events = new EventColumns();
        long readable = before;
        long deadlineNanos = System.nanoTime() + DEADLINE.toNanos();
        while (readable < wanted && System.nanoTime() < deadlineNanos) {
            if (importer.isDone()) {
                throw new AssertionError("the import ended by itself with " + importer.get());
            }
            for (ConsumerRecord<String, byte[]> chunk : committed.poll(Duration.ofMillis(20))) {
                decoder.decode(chunk.value(), events);
                assertThat(events.firstSeq()).isEqualTo(readable);
                readable += events.count();
            }
        }
        assertThat(readable).isEqualTo(wanted);
        return readable;
    }

    private static KafkaConsumer<String, byte[]> committed(BrokerHandle broker) {
        Map<String, Object> settings = new HashMap<>(broker.clientConfig());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.TRACE.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
