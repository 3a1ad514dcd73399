package io.trapline.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cluster.Summaries;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.cluster.TopologyStart;
import io.trapline.app.report.JsonReport;
import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.RecordingFile;
import io.trapline.app.run.RunDocument;
import io.trapline.producer.emulator.Bug;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.topology.TopologyRunner;
import io.trapline.streams.topology.Tuning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The strongest test we have: the topology on a real broker says the same as a plain loop over the same events, to the
 * last byte, for real recordings and 200 emulated guests at once, whatever way the chunks are cut and interleaved.
 */
class TopologyEqualsLoopTest {
    private static final int SEEDS = 200;
    private static final Path RECORDINGS = Path.of("../producer/src/test/resources/recordings");
    private static final long ANSWER_MAX_NANOS = 180_000_000_000L;

    @TempDir
    Path dataDir;

    @Test
    void topologyAndLoopAgreeToTheByte() throws Exception {
        LogWriter log = new LogWriter(20261125, 1500);
        Map<String, String> expected = new TreeMap<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            emulate(seed, log, expected);
        }
        try (Stream<Path> files = Files.walk(RECORDINGS)) {
            for (Path file :
                    files.filter(TopologyEqualsLoopTest::isRecording).sorted().toList()) {
                importFile(file, log, expected);
            }
        }
        try (BrokerHandle broker = Brokers.joinOrStart(dataDir)) {
            new TopicSetup(broker).createMissing();
            log.writeTo(broker);
            try (TopologyRunner topology = TopologyStart.on(
                    broker,
                    new TopologyStart.Choice(
                            AnalysisInputs.named("live"), Tuning.BULK, 2, TopologyStart.Protocol.STREAMS, dataDir))) {
                assertThat(answers(broker, topology, expected)).isEqualTo(expected);
            }
        }
    }

    private static Map<String, String> answers(
            BrokerHandle broker, TopologyRunner topology, Map<String, String> expected) {
        long deadline = System.nanoTime() + ANSWER_MAX_NANOS;
        Map<String, List<SummaryRow>> rows = new Summaries(broker, "live")
                .await(
                        expected.keySet(),
                        () -> System.nanoTime() < deadline && topology.failure().isEmpty());
        TopologyStart.checkSound(topology);
        Map<String, String> answers = new TreeMap<>();
        rows.forEach((run, found) -> answers.put(run, JsonReport.write(RunDocument.of(found))));
        return answers;
    }

    private static void emulate(int seed, LogWriter log, Map<String, String> expected) {
        Random random = new Random(seed);
        EmulatorOptions options = EmulatorOptions.ofSeed(seed).withEvents(300 + random.nextInt(3000));
        Bug[] bugs = Bug.values();
        if (seed % 3 == 0) {
            options = options.withBugs(bugs[random.nextInt(bugs.length)]);
        }
        Emulator emulator = new Emulator(options);
        log.describe(emulator.run(log.sink()).run());
        LoopAnalysis.Result loop = new LoopAnalysis("live").of(emulator);
        expected.put(loop.run().getRun(), JsonReport.write(RunDocument.of(loop.rows())));
    }

    private static void importFile(Path file, LogWriter log, Map<String, String> expected) throws Exception {
        RecordingFile recording = RecordingFile.at(file.toString(), 0);
        LoopAnalysis.Result loop;
        try {
            loop = new LoopAnalysis("live").of(recording);
        } catch (UnreadableInput e) {
            assertThat(e).hasMessageContaining("record again");
            return;
        }
        log.describe(
                recording.read(RecordingImporter.CHUNK_EVENTS_MAX, log.sink()).run());
        expected.put(loop.run().getRun(), JsonReport.write(RunDocument.of(loop.rows())));
    }

    private static boolean isRecording(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && !name.endsWith(".md");
    }
}
