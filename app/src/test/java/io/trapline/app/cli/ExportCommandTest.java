package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.publish.PublishProgress;
import io.trapline.producer.publish.RunClaim;
import io.trapline.producer.publish.RunPublisher;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.serde.Partitions;
import io.trapline.schemas.topic.Topics;
import io.trapline.schemas.wire.ChunkEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run leaves the log as a file and comes back: nothing of it is lost, and nothing is made up. */
class ExportCommandTest {
    private static final Path RECORDINGS = Path.of("../producer/src/test/resources/recordings");
    private static final String RECORDING = RECORDINGS
            .resolve("bochs-amx/linux-guest-linux-6.1/q1-linux-guest-amx-1vcpu.txt.gz")
            .toString();

    @TempDir
    static Path data;

    private static BrokerHandle broker;

    @TempDir
    Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        broker = Brokers.joinOrStart(data.resolve("one"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bochs-amx/linux-guest-linux-6.1/q1-linux-guest-amx-1vcpu.txt.gz",
                "amd-svm/linux-6.1/11-two-vms/trace.txt.gz",
                "amd-svm/linux-6.1/04-lost-trace/trace1.txt",
                "intel-vmx/linux-6.1/03-smp2/trace.txt.zst"
            })
    void theFileSaysWhatTheRecordingSaid(String name) throws IOException {
        String recording = RECORDINGS.resolve(name).toString();
        Path file = exported(imported(recording));

        String ofFile = json(file.toString());

        assertThat(ofFile).isEqualTo(json(recording));
        assertThat(json(packed(file).toString())).isEqualTo(ofFile);
    }

    @Test
    void exportingTwiceGivesTheSameBytesAndOverwritesNothing() throws IOException {
        String run = imported(RECORDING);
        Path first = exported(run);
        Path second = folder.resolve("second.trapline");
        assertThat(trapline("export", run, "-o", second.toString())).isEqualTo(ExitCode.FINE);
        assertThat(second).hasSameBinaryContentAs(first);

        assertThat(trapline("export", run, "-o", second.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("second.trapline is there already", "--force");
        assertThat(trapline("export", run, "-o", second.toString(), "--force")).isEqualTo(ExitCode.FINE);
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void anotherLogTakesTheFileAndGivesItBack() throws IOException {
        String run = imported(RECORDING);
        Path file = exported(run);
        assertThat(trapline("import", file.toString())).isEqualTo(ExitCode.FINE);
        assertThat(out.toString()).startsWith(run + "  was in the log already");

        try (BrokerHandle another = Brokers.joinOrStart(data.resolve("another"))) {
            assertThat(traplineOn(another, "import", file.toString())).isEqualTo(ExitCode.FINE);
            assertThat(out.toString()).startsWith(run + "  complete");
            Path again = folder.resolve("again.trapline");
            assertThat(traplineOn(another, "export", run, "-o", again.toString()))
                    .isEqualTo(ExitCode.FINE);
            assertThat(again).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void aCutFileIsAnalyzedAsFarAsItGoesAndNotImported() throws IOException {
        Path file = exported(imported(
                RECORDINGS.resolve("intel-vmx/linux-6.1/03-smp2/trace.txt.zst").toString()));
        byte[] whole = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.trapline"), Arrays.copyOf(whole, whole.length * 2 / 3));

        assertThat(json(cut.toString())).contains("\"balanced\": true").doesNotContain("\"lost\": 0,");
        assertThat(err.toString())
                .contains("cut.trapline: the file is cut; ", "events are missing")
                .hasLineCount(1);
        try (BrokerHandle another = Brokers.joinOrStart(data.resolve("empty"))) {
            assertThat(traplineOn(another, "import", cut.toString())).isEqualTo(ExitCode.INPUT_UNREADABLE);
            assertThat(err.toString()).contains("cut.trapline is not whole").hasLineCount(1);
            assertThat(traplineOn(another, "runs", "list")).isEqualTo(ExitCode.FINE);
            assertThat(out.toString()).isEmpty();
        }
    }

    @Test
    void whatCannotBeExportedIsSaid() {
        assertThat(trapline("export", "no-such-run")).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertThat(err.toString()).contains("no-such-run", "runs list").hasLineCount(1);

        Emulator emulator = new Emulator(EmulatorOptions.ofSeed(77).withEvents(500));
        String run = emulator.open().getRun();
        try (RunClaim claim = RunClaim.of(broker.clientConfig(), run, System::nanoTime);
                RunPublisher unfinished = claim.publish(emulator.open(), PublishProgress.NONE)) {
            emulator.run(unfinished);
            unfinished.pause();
        }
        assertThat(trapline("export", run)).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertThat(err.toString()).contains(run, "runs close").hasLineCount(1);
        assertThat(Path.of(run + ".trapline")).doesNotExist();
    }

    @Test
    void repetitionsAndWhatWasDeletedAreLeftOut() throws IOException {
        EmulatorOptions options = EmulatorOptions.ofSeed(78).withEvents(5_000);
        BadLog log = new BadLog(options);
        log.chunk(0, 900);
        log.deleted();
        long first = log.chunk(0, 1_000);
        log.chunk(500, 2_000);
        log.chunk(0, 10);
        log.describe(first, log.chunk(2_000, log.size()));

        Path file = exported(log.run());

        assertThat(trapline("emulate", "--analyze", "--seed", "78", "--events", "5000", "--format", "json"))
                .isEqualTo(ExitCode.FINE);
        String expected = out.toString();
        assertThat(json(file.toString())).isEqualTo(expected);
    }

    @Test
    void whatIsMissingInTheLogIsSaidAndNothingIsWritten() throws IOException {
        BadLog log = new BadLog(EmulatorOptions.ofSeed(79).withEvents(5_000));
        long first = log.chunk(0, 1_000);
        log.describe(first, log.chunk(1_003, log.size()));
        Path file = folder.resolve("hole.trapline");

        assertThat(trapline("export", log.run(), "-o", file.toString())).isEqualTo(ExitCode.INPUT_UNREADABLE);

        assertThat(err.toString()).contains("Events 1000 to 1002 of stream").hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
    }

    /** Writes the one stream of an emulated run as no publisher of ours would. */
    private static final class BadLog {
        private final EventColumns events = new EventColumns();
        private final Run run;
        private final String key;

        BadLog(EmulatorOptions options) {
            run = new Emulator(options).run(this::keep).run();
            RunStream stream = run.getStreams().get(0);
            key = new StreamKey(run.getRun(), stream.getVm(), stream.getVcpu()).encode();
        }

        private void keep(EventColumns chunk) {
            if (events.count() == 0) {
                events.reset(chunk.stream(), chunk.clockHz(), 0);
            }
            for (int row = 0; row < chunk.count(); row++) {
                events.appendFrom(chunk, row);
            }
        }

        String run() {
            return run.getRun();
        }

        int size() {
            return events.count();
        }

        long chunk(int from, int to) {
            return send(Topics.TRACE.name(), key, new ChunkEncoder().encode(events, from, to));
        }

        void deleted() {
            send(Topics.TRACE.name(), key, null);
        }

        void describe(long firstOffset, long lastOffset) {
            RunStream placed = RunStream.newBuilder(run.getStreams().get(0))
                    .setPartition(Partitions.of(key, Topics.TRACE.partitions()))
                    .setFirstOffset(firstOffset)
                    .setLastOffset(lastOffset)
                    .build();
            Run described = Run.newBuilder(run).setStreams(List.of(placed)).build();
            byte[] value = AvroSerde.of(Run.class, Map.of()).serializer().serialize(Topics.RUNS.name(), described);
            send(Topics.RUNS.name(), run.getRun(), value);
        }

        private static long send(String topic, String key, byte[] value) {
            try (Producer<String, byte[]> producer =
                    new KafkaProducer<>(broker.clientConfig(), new StringSerializer(), new ByteArraySerializer())) {
                return producer.send(new ProducerRecord<>(topic, key, value))
                        .get()
                        .offset();
            } catch (java.util.concurrent.ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String imported(String recording) {
        assertThat(trapline("import", recording)).isEqualTo(ExitCode.FINE);
        return out.toString().split("  ", -1)[0];
    }

    private Path exported(String run) {
        Path file = folder.resolve("first.trapline");
        assertThat(trapline("export", run, "-o", file.toString()))
                .as(err.toString())
                .isEqualTo(ExitCode.FINE);
        assertThat(out.toString()).isEmpty();
        return file;
    }

    private String json(String file) {
        assertThat(run("analyze", "--format", "json", "--fail-on", "none", file))
                .isEqualTo(ExitCode.FINE);
        return out.toString();
    }

    private Path packed(Path file) throws IOException {
        Path packed = folder.resolve("packed");
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, gzip);
        }
        return packed;
    }

    private int trapline(String... args) {
        return args[0].equals("emulate") ? run(args) : traplineOn(broker, args);
    }

    private int traplineOn(BrokerHandle cluster, String... args) {
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--bootstrap-server";
        all[args.length + 1] = cluster.bootstrapServers();
        return run(all);
    }

    private int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        return TraplineCommand.run(args, new PrintWriter(out), new PrintWriter(err));
    }
}
