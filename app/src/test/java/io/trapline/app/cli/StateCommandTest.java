package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trapline.app.cli.Commands.Outcome;
import io.trapline.app.report.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a vCPU at a moment of real recordings. */
class StateCommandTest {
    private static final Path COUNTER = Commands.RECORDINGS.resolve("amd-svm/linux-6.1/02-clock-counter/trace.txt.xz");

    @TempDir
    private Path folder;

    private static String state(Path recording, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "state";
        args[1] = recording.toString();
        System.arraycopy(options, 0, args, 2, options.length);
        Outcome outcome = Commands.run(args);
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.FINE);
        return outcome.out();
    }

    /** Line 190: the guest has just armed XFD. */
    @Test
    void whereTheGuestArmsXfd() throws Exception {
        Golden.check("commands", "state-armed.txt", state(Commands.ARMED, "--at", ":190"));
        Golden.check("commands", "state-armed.json", state(Commands.ARMED, "--at", ":190", "--format", "json"));
    }

    /** Three events have this time: sync, capture and clear of the first #NM. */
    @Test
    void whereTheFirstFaultIsCaptured() throws Exception {
        Golden.check("commands", "state-captured.txt", state(Commands.ARMED, "--at", "2.192661"));
    }

    /** L2's #NM, before and behind the record that gives it to L1. */
    @Test
    void whereL2sFaultGoesToL1() throws Exception {
        Golden.check("commands", "state-nested.txt", state(Commands.NESTED, "--at", ":29054"));
        assertThat(state(Commands.NESTED, "--at", ":29054")).containsPattern("level +L2 ");
        assertThat(state(Commands.NESTED, "--at", ":29055")).containsPattern("level +L1 ");
    }

    @Test
    void aMomentHasThreeNames() {
        String byLine = state(Commands.ARMED, "--at", ":292");
        String event = byLine.substring(byLine.indexOf("after event ") + "after event ".length(), byLine.indexOf('\n'));

        assertThat(state(Commands.ARMED, "--at", "2.192661")).isEqualTo(byLine);
        assertThat(state(Commands.ARMED, "--at", event)).isEqualTo(byLine);
        assertThat(state(Commands.ARMED, "--at", "#" + event)).isEqualTo(byLine);
        assertThat(state(Commands.ARMED, "--at", "s1-xfd-arm-nm.txt:292")).isEqualTo(byLine);
    }

    @Test
    void momentsOutsideTheRecordingHaveAnAnswer() {
        assertThat(state(Commands.ARMED, "--at", "0.5"))
                .contains("before its first event: nothing is known yet", "next event  ")
                .doesNotContain("last event")
                .containsPattern("nowi +unknown +from the beginning");
        assertThat(state(Commands.ARMED, "--at", "900.0"))
                .contains(", its last one")
                .doesNotContain("next event");
    }

    @Test
    void amongSeveralVcpusOneIsNamed() {
        String[] which = {"state", Commands.TWO_VCPUS.toString(), "--at", "0"};
        Outcome none = Commands.run(which);
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("Which vCPU? There are --vm ", " --vcpu 0, ", " --vcpu 1.");
        Outcome absent = Commands.run("state", Commands.TWO_VCPUS.toString(), "--at", "0", "--vcpu", "7");
        assertThat(absent.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(absent.err()).contains("There is no such vCPU. There are ");

        assertThat(state(Commands.TWO_VCPUS, "--at", "500", "--vcpu", "1")).contains(" vCPU 1, after event 500\n");
    }

    @Test
    void aClockWithoutSecondsIsToldByLineOrEvent() {
        Outcome seconds = Commands.run("state", COUNTER.toString(), "--vcpu", "0", "--at", "1.5");
        assertThat(seconds.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(seconds.err()).contains("does not measure seconds", "--at :296");

        assertThat(state(COUNTER, "--vcpu", "0", "--at", "30")).contains("after event 30\n");
    }

    @Test
    void whatIsNoMomentIsSaid() {
        for (String written : new String[] {"soon", "-1", "1.", ":", "1.2.3"}) {
            Outcome outcome = Commands.run("state", Commands.ARMED.toString(), "--at=" + written);
            assertThat(outcome.exitCode()).as(written).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("'" + written + "' is no moment");
        }
        assertThat(Commands.run("state", Commands.ARMED.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    /** A mistyped name must not start a broker. */
    @Test
    void neitherFileNorLogIsASentenceAndLeavesNothingBehind() {
        Path data = folder.resolve("data");
        Outcome outcome = Commands.run("state", "no-such-file.txt", "--at", "1.0", "--data-dir", data.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertThat(outcome.err()).contains("no-such-file.txt", data.toString()).hasLineCount(1);
        assertThat(Files.exists(data)).isFalse();
    }

    @Test
    void programsGetEveryItemWithItsEvent() throws Exception {
        JsonNode state = new ObjectMapper().readTree(state(Commands.ARMED, "--at", ":292", "--format", "json"));

        assertThat(state.get("schema").asText()).isEqualTo("trapline.state/1");
        JsonNode nowi = item(state, "nowi");
        assertThat(nowi.get("value").asText()).isEqualTo("true");
        assertThat(nowi.at("/since/source").asText()).isEqualTo("s1-xfd-arm-nm.txt:190");
        assertThat(item(state, "xfd_err_read").get("value").asText()).isEqualTo("0x40000");
        assertThat(item(state, "path").get("value").isNull()).isTrue();
    }

    private static JsonNode item(JsonNode state, String name) {
        for (JsonNode item : state.get("items")) {
            if (item.get("name").asText().equals(name)) {
                return item;
            }
        }
        throw new AssertionError("no item " + name);
    }
}
