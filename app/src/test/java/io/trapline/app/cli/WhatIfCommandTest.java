package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cli.Commands.Outcome;
import io.trapline.app.report.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void oneFileOfCostsPricesWhatIfAndTheReport() throws Exception {
        String server = Commands.run("emulate", "--show", "server-2000mhz").out();
        Path dear = Files.writeString(
                folder.resolve("dear.costs"),
                server.replaceAll("(?m)^rdmsr .*", "rdmsr 7000 7000 7000 H measured at home"));
        String recording = Commands.ARMED.toString();

        assertThat(Commands.run("what-if", recording, "--costs", dear.toString())
                        .out())
                .contains("rdmsr", "7000..7000 H", "measured at home");
        String report = Commands.run("analyze", recording).out();
        Outcome priced = Commands.run("analyze", recording, "--costs", dear.toString());
        assertThat(priced.exitCode()).as(priced.err()).isEqualTo(ExitCode.FINE);
        assertThat(priced.out()).isNotEqualTo(report);
        Path same = Files.writeString(folder.resolve("same.costs"), server);
        assertThat(behindItsName(Commands.run("analyze", recording, "--costs", same.toString())))
                .isEqualTo(report.substring(report.indexOf('\n')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"what-if", "analyze", "emulate", "thread"})
    void whatIsWrongWithCostsIsSaidWithItsPlace(String command) throws Exception {
        Path own = Files.writeString(folder.resolve("own.costs"), "# mine\nc_rdmsr 60 30 100 A who\n");
        boolean ofRecording = command.equals("what-if") || command.equals("analyze");
        String[] args = ofRecording
                ? new String[] {command, Commands.ARMED.toString(), "--costs", own.toString()}
                : new String[] {command, "--costs", own.toString()};

        Outcome wrong = Commands.run(args);

        assertThat(wrong.exitCode()).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertThat(wrong.err()).contains("own.costs:2: nothing costs c_rdmsr");
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
