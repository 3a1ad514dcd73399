package io.trapline.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One source on its way through import and topology in one data directory, with processes that die on the way; then once
 * without, and what is there at the end is held against the answer that needs neither.
 */
final class FaultDrill {
    private static final Pattern DIGEST = Pattern.compile("\"digest\": \"(sha256:[0-9a-f]{64})\"");
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration TICK = Duration.ofMillis(10);
    private static final String ANSWER_MAX_SECONDS = "120";

    private final Source source;
    private final Path dataDir;
    private final Path outputDir;
    private boolean published;

    /** {@code directory} is the drill's own: the data directory and what the processes printed are in it. */
    FaultDrill(Source source, Path directory) {
        this.source = source;
        this.dataDir = directory.resolve("data");
        this.outputDir = directory.resolve("output");
    }

    /** What the end was like: the digest, events that are in the log twice, and how long from the start of the broker to the end of
     * the import and to the answer. */
    record End(String digest, long copies, Duration toImport, Duration toAnswer) {}

    /** What became of a fault: what it was in the end, whether it hit a process that was alive, and how the others ended. */
    record Hit(Fault fault, boolean alive, String told) {}

    /** Starts who is in the scene, lets the fault come over them and ends who is left. */
    Hit strike(Fault planned) throws IOException, InterruptedException {
        Fault fault = published ? planned.withoutImport() : planned;
        try (FaultRound round = new FaultRound(this, fault, source)) {
            round.begin();
            round.awaitMoment();
            Hit hit = round.strike();
            published |= round.imported();
            if (fault.wipesState()) {
                deleteTree(dataDir.resolve("streams"));
            }
            return hit;
        }
    }

    /** Imports and analyzes without a fault, and checks what is there. */
    End finish() throws IOException, InterruptedException {
        long begunNanos = System.nanoTime();
        try (TraplineProcess streams = startStreams()) {
            awaitBrokerOf(streams);
            String run = publishedRun();
            Duration toImport = Duration.ofNanos(System.nanoTime() - begunNanos);
            String digest = digest(ended(start(
                    List.of("runs", "show", run, "--format", "json", "--fail-on", "none", "--wait", ANSWER_MAX_SECONDS),
                    true)));
            Duration toAnswer = Duration.ofNanos(System.nanoTime() - begunNanos);
            assertThat(digest).as("digest of %s", run).isEqualTo(expectedDigest());
            long copies;
            try (BrokerHandle broker = Brokers.joinOrStart(dataDir)) {
                CommittedLog log = new CommittedLog(broker);
                log.assertNoFinalRowTwice();
                copies = log.assertWhole(run);
            }
            streams.terminate();
            assertThat(streams.exitCode()).as("exit code of %s", streams).isEqualTo(TraplineProcess.TERMINATED);
            streams.assertSpeaksInSentences();
            return new End(digest, copies, toImport, toAnswer);
        }
    }

    private String expectedDigest() throws IOException, InterruptedException {
        return digest(ended(start(source.answer(), false)));
    }

    private String publishedRun() throws IOException, InterruptedException {
        String line = ended(startImport());
        return line.substring(0, line.indexOf(' '));
    }

    /** What a command printed that must end well. */
    private static String ended(TraplineProcess process) throws InterruptedException {
        try (process) {
            assertThat(process.exitCode())
                    .as("%s: %s", process, process.errors())
                    .isZero();
            process.assertSpeaksInSentences();
            return process.output();
        }
    }

    private static String digest(String json) {
        Matcher found = DIGEST.matcher(json);
        assertThat(found.find()).as("a digest in %s", json).isTrue();
        return found.group(1);
    }

    Path dataDir() {
        return dataDir;
    }

    TraplineProcess startStreams() throws IOException {
        return start(List.of("streams"), true);
    }

    boolean isPublished() {
        return published;
    }

    TraplineProcess startImport() throws IOException {
        return start(source.publish(), true);
    }

    private TraplineProcess start(List<String> arguments, boolean inDataDir) throws IOException {
        List<String> line = new ArrayList<>(arguments);
        if (inDataDir) {
            line.addAll(List.of("--data-dir", dataDir.toString()));
        }
        return TraplineProcess.start(outputDir, line);
    }

    /** Waits until this process holds the broker of the data directory, and serves. */
    private void awaitBrokerOf(TraplineProcess process) throws InterruptedException {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!holdsBroker(process)) {
            assertThat(process.endsWithin(TICK))
                    .as("%s ended: %s", process, process.errors())
                    .isFalse();
            assertThat(System.nanoTime()).as("%s has a broker", process).isLessThan(deadline);
        }
    }

    /** Whether the address in the data directory is that of a broker in this process. */
    boolean holdsBroker(TraplineProcess process) {
        Properties address = new Properties();
        try (Reader reader = Files.newBufferedReader(dataDir.resolve("broker.properties"))) {
            address.load(reader);
        } catch (IOException absent) {
            return false;
        }
        return Long.toString(process.pid()).equals(address.getProperty("pid"));
    }

    /** Bytes of events in the log: what can be seen from outside, whoever runs the broker. */
    long loggedBytes() {
        return bytes(folder -> folder.startsWith("trapline.trace-"));
    }

    /** Bytes that the topology has written: results, and its own topics. */
    long resultBytes() {
        return bytes(folder -> folder.startsWith("trapline") && !folder.startsWith("trapline.trace-"));
    }

    private long bytes(Predicate<String> folders) {
        Path broker = dataDir.resolve("broker");
        if (!Files.isDirectory(broker)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(broker, 2)) {
            return files.filter(
                            file -> folders.test(file.getParent().getFileName().toString()))
                    .filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException vanishing) {
            return 0; // the broker is making or deleting a folder at this moment
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
