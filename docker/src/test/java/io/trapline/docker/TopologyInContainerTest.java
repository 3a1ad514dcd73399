package io.trapline.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trapline.app.cli.TraplineCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A broker as Apache ships it, not ours: an emulated guest with a planted bug and a real recording go through it, with the
 * commands a user types, and come out as from the plain loop, to the last byte.
 */
class TopologyInContainerTest {
    private static final DockerImageName BROKER = DockerImageName.parse(
                    System.getProperty("trapline.kafka.image", "apache/kafka:4.3.1"))
            .asCompatibleSubstituteFor("apache/kafka");
    private static final String RECORDING = "q1-linux-guest-amx-1vcpu.txt.gz";

    @TempDir
    Path folder;

    @Test
    void saysWhatTheLoopSays() throws Exception {
        Optional<String> whyNone = DockerEngine.whyNone();
        whyNone.ifPresent(System.err::println); // Maven's console shows only that a test was skipped
        assumeTrue(whyNone.isEmpty(), whyNone::orElseThrow);

        String recording = copyOfBundled();
        String emulatedByLoop = trapline(asDocument(emulate("--analyze")));
        String recordedByLoop = trapline(asDocument("analyze", recording));
        assertThat(emulatedByLoop).contains("\"digest\"").contains("\"violated\"");

        try (KafkaContainer kafka = new KafkaContainer(BROKER)) {
            kafka.start();
            String cluster = "--bootstrap-server=" + kafka.getBootstrapServers();
            String emulated = runIn(trapline(emulate(cluster)));
            String recorded = runIn(trapline("import", recording, cluster));
            try (StreamsProcess topology = StreamsProcess.start(kafka.getBootstrapServers(), folder)) {
                assertThat(shown(emulated, cluster)).as(topology::said).isEqualTo(emulatedByLoop);
                assertThat(shown(recorded, cluster)).as(topology::said).isEqualTo(recordedByLoop);
            }
        }
    }

    private static String[] emulate(String where) {
        return new String[] {"emulate", "--seed=7", "--events=20000", "--bug=MISSED_SYNC", where};
    }

    private static String shown(String run, String cluster) {
        return trapline(asDocument("runs", "show", run, "--wait=120", cluster));
    }

    private static String[] asDocument(String... args) {
        return Stream.concat(Stream.of(args), Stream.of("--format=json", "--fail-on=none"))
                .toArray(String[]::new);
    }

    /** The id is the first word that {@code emulate} and {@code import} print. */
    private static String runIn(String printed) {
        return printed.substring(0, printed.indexOf(' '));
    }

    /** A command line in this JVM; what it printed to stdout. */
    private static String trapline(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = TraplineCommand.run(args, new PrintWriter(out), new PrintWriter(err));
        assertThat(exitCode).as(() -> String.join(" ", args) + " said: " + err).isZero();
        return out.toString();
    }

    private String copyOfBundled() throws IOException {
        Path copy = folder.resolve(RECORDING);
        try (InputStream bundled = TraplineCommand.class.getResourceAsStream("/recordings/" + RECORDING)) {
            Files.copy(bundled, copy);
        }
        return copy.toString();
    }
}
