package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cli.Commands.Outcome;
import io.trapline.app.report.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strategies priced, and a stored run folded again, as a user asks for it. */
class WhatIfCommandTest {
    @TempDir
    private Path folder;

    @Test
    void theRealNestedRecordingAnswersThePenaltyClaim() throws Exception {
        Outcome text = Commands.run("what-if", Commands.NESTED.toString());

        assertThat(text.exitCode()).as(text.err()).isEqualTo(ExitCode.FINE);
        Golden.check("commands", "what-if-nested.txt", text.out());
    }

    @Test
    void oneStrategyAsJson() throws Exception {
        Outcome json =
                Commands.run("what-if", Commands.NESTED.toString(), "--strategy", "S2/T1/I1", "--format", "json");

        assertThat(json.exitCode()).as(json.err()).isEqualTo(ExitCode.FINE);
        JsonNode priced = new ObjectMapper().readTree(json.out());
        assertThat(priced.findValuesAsText("strategy")).contains("S2/T1/I1");
    }

    @Test
    void aStrategyThatIsNoneIsAUsageErrorWithASentence() {
        Outcome outcome = Commands.run("what-if", Commands.NESTED.toString(), "--strategy", "S9/T1/I1");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("S9");
    }

    @Test
    void aStoredRunIsPricedAsItsRecordingAndFoldedAgainUnderOtherKernels() throws Exception {
        try (BrokerHandle broker = Brokers.joinOrStart(folder.resolve("data"))) {
            String run = Commands.runOn(broker, "import", Commands.ARMED.toString())
                    .out()
                    .split("  ", -1)[0];

            assertThat(behindItsName(Commands.runOn(broker, "what-if", run)))
                    .isEqualTo(behindItsName(Commands.run("what-if", Commands.ARMED.toString())));
            Outcome same = Commands.runOn(broker, "replay", run);
            assertThat(same.exitCode()).as(same.err()).isEqualTo(ExitCode.FINE);
            assertThat(same.out()).contains("says what live says");
            Outcome other = Commands.runOn(broker, "replay", run, "--profile", "6.15..", "--analysis", "newer");
            assertThat(other.out()).contains("analysis newer", "differs from live", "6.15..");
            assertThat(Commands.runOn(broker, "runs", "show", run, "--analysis", "newer")
                            .out())
                    .contains("6.15..");
        }
    }

    /** The first line names the run or the file. */
    private static String behindItsName(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.FINE);
        return outcome.out().substring(outcome.out().indexOf('\n'));
    }
}
