package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cli.Commands.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of the log is shown and explained as the recording that it came from, without any topology. */
class StoredRunTest {
    @TempDir
    static Path folder;

    private static BrokerHandle broker;
    private static String recording;
    private static String run;

    @BeforeAll
    static void start() throws IOException {
        broker = Brokers.joinOrStart(folder.resolve("data"));
        recording = Commands.without(Commands.ARMED, folder.resolve("one-sync-removed.txt"), 297)
                .toString();
        run = on("import", recording).out().split("  ", -1)[0];
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static Outcome on(String... args) {
        return Commands.runOn(broker, args);
    }

    @Test
    void itsStateIsThatOfTheRecording() {
        Outcome stored = on("state", run, "--at", ":297");

        assertThat(stored.exitCode()).as(stored.err()).isEqualTo(ExitCode.FINE);
        assertThat(stored.out())
                .isEqualTo(Commands.run("state", recording, "--at", ":297").out());
    }

    @Test
    void itsFindingsAreThoseOfTheRecording() {
        Outcome stored = on("explain", run, "P8");

        assertThat(stored.exitCode()).as(stored.err()).isEqualTo(ExitCode.FINE);
        assertThat(stored.out())
                .isEqualTo(Commands.run("explain", recording, "P8").out());
    }

    @Test
    void anIdThatIsNotThereNamesTheNearOnes() {
        Outcome outcome = on("state", "one-sync-removed.txt", "--at", "3");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertThat(outcome.err())
                .contains("There is no run one-sync-removed.txt; there is " + run)
                .hasLineCount(1);
    }
}
