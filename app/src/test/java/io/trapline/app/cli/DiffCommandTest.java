package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cli.Commands.Outcome;
import io.trapline.app.report.Golden;
import java.io.StringReader;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Two runs compared, as a user asks for it. */
class DiffCommandTest {
    private static final Path DIRECT = Commands.RECORDINGS.resolve("bochs-amx/direct-linux-6.1");
    private static final String PLAIN = DIRECT.resolve("s1-xfd-arm-nm.txt").toString();
    private static final String ALL_MSRS = DIRECT.resolve("s1-allmsr.txt").toString();

    @TempDir
    private Path folder;

    /** The same program, once with a record for each MSR the host touches: exits take longer, decisions are the same. */
    @Test
    void realRecordingsInAllFormats() throws Exception {
        Outcome text = Commands.run("diff", PLAIN, ALL_MSRS, "--fail-on", "regression", "--fail-on", "p99>+10%");
        assertThat(text.exitCode()).as(text.err()).isEqualTo(ExitCode.FINDINGS);
        assertThat(text.out().lines().filter(line -> !line.matches(" +\\d+  \\d+\\.\\d+: .*")))
                .allMatch(line -> line.length() <= 100);
        Golden.check("diff", "all-msrs.txt", text.out());

        Golden.check(
                "diff",
                "all-msrs.json",
                Commands.run("diff", PLAIN, ALL_MSRS, "--format", "json").out());

        String[] gated = {
            "diff", PLAIN, ALL_MSRS, "--format", "junit", "--fail-on", "regression", "--fail-on", "divergence"
        };
        Outcome junit = Commands.run(gated);
        Golden.check("diff", "all-msrs.junit.xml", junit.out());
        Element suite = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(junit.out())))
                .getDocumentElement();
        assertThat(suite.getElementsByTagName("testcase").getLength())
                .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
        assertThat(suite.getElementsByTagName("failure").getLength())
                .isEqualTo(Integer.parseInt(suite.getAttribute("failures")));
    }

    @Test
    void aSyncThatIsMissingIsANewViolationAndTheFirstDecision() throws Exception {
        String cut = Commands.without(Commands.ARMED, folder.resolve("one-sync-removed.txt"), 297)
                .toString();

        Outcome diff = Commands.run("diff", PLAIN, cut, "--fail-on", "new-violation", "--fail-on", "divergence");

        assertThat(diff.exitCode()).as(diff.out()).isEqualTo(ExitCode.FINDINGS);
        Golden.check("diff", "one-sync-removed.txt", diff.out());
        assertThat(Commands.run("diff", cut, PLAIN, "--fail-on", "new-violation")
                        .exitCode())
                .as("the other way round it is gone")
                .isEqualTo(ExitCode.FINE);
    }

    @Test
    void aRunPassesEveryGateAgainstItself() throws Exception {
        Outcome same = Commands.run(
                "diff",
                PLAIN,
                PLAIN,
                "--per-vcpu",
                "--format",
                "json",
                "--fail-on",
                "regression",
                "--fail-on",
                "new-violation",
                "--fail-on",
                "divergence",
                "--fail-on",
                "p50>+0%",
                "--fail-on",
                "P99[io]>+0%",
                "--fail-on",
                "mean>+0%",
                "--fail-on",
                "max>+0%",
                "--fail-on",
                "time>+0%",
                "--fail-on",
                "samples>+0%",
                "--fail-on",
                "p90>+0.5%");

        assertThat(same.exitCode()).as(same.out()).isEqualTo(ExitCode.FINE);
        JsonNode diff = new ObjectMapper().readTree(same.out());
        assertThat(diff.get("gates"))
                .hasSize(10)
                .allMatch(gate -> gate.get("holds").asBoolean());
        assertThat(diff.get("exits"))
                .isNotEmpty()
                .allMatch(exit -> exit.get("vcpu").asText().equals("vm-0/0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p99", "p98>+10%", "mean>10%", "mean>+x%", "regressions", "p99[]>+1%", "max>+9999999%"})
    void aGateThatIsNoneIsAUsageErrorThatNamesThoseThatAre(String gate) {
        Outcome outcome = Commands.run("diff", PLAIN, PLAIN, "--fail-on", gate);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(gate, "new-violation", "'p99>+10%'");
    }

    @Test
    void whatCannotBeReadTwiceOrAtAllIsSaid() {
        Outcome piped = Commands.run("diff", PLAIN, "-");
        assertThat(piped.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(piped.err()).contains("can be read only once", "save it as a file");

        String data = folder.resolve("none").toString();
        Outcome missing = Commands.run("diff", PLAIN, "no-such-run", "--data-dir", data);
        assertThat(missing.exitCode()).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertThat(missing.err()).contains("There is no file no-such-run");
    }

    @Test
    void preemptedTimeIsNotCalledExitCostInSilence() {
        String switches = Commands.RECORDINGS
                .resolve("amd-svm/linux-6.1/05-mixed-sched-fpu/trace.txt.xz")
                .toString();

        assertThat(Commands.run("diff", switches, switches).out().replaceAll("\\s+", " "))
                .contains("Time in which the thread was preempted is in an exit's time.");
        assertThat(Commands.run("diff", PLAIN, PLAIN).out()).doesNotContain("preempted");
    }

    @Test
    void recordingsWithoutTimeAreComparedInAllButTime() {
        String counted = Commands.RECORDINGS
                .resolve("amd-svm/linux-6.1/02-clock-counter/trace.txt.xz")
                .toString();

        Outcome diff = Commands.run("diff", counted, counted, "--fail-on", "regression");

        assertThat(diff.exitCode()).as(diff.err()).isEqualTo(ExitCode.FINE);
        assertThat(diff.out()).contains("Exits are not compared", "all the same");
    }

    /** The clock variants are one program each, recorded again and again on one machine. */
    @ParameterizedTest
    @ValueSource(strings = {"mono", "global", "uptime", "local"})
    void aProgramRecordedAgainHasNoRegression(String clock) {
        Path recordings = Commands.RECORDINGS.resolve("amd-svm/linux-6.1");
        String a = recordings.resolve("02-clock-local/trace.txt.xz").toString();
        String b = recordings.resolve("02-clock-" + clock + "/trace.txt.xz").toString();

        Outcome diff = Commands.run("diff", a, b, "--fail-on", "regression", "--fail-on", "divergence");

        assertThat(diff.exitCode()).as(diff.out()).isEqualTo(ExitCode.FINE);
    }

    /** A recording names a VM by its process, and the next one has another: the only VM of both is one. */
    @Test
    void theOnlyVmsOfBothRunsAreComparedWhateverTheyAreCalled() {
        Path recordings = Commands.RECORDINGS.resolve("amd-svm/linux-6.1");
        String a =
                recordings.resolve("07-perf-kvm-stat/script-ns-head2000.txt.xz").toString();
        String b = recordings
                .resolve("07-perf-record-kvm-all/script-ns-head2000.txt.xz")
                .toString();

        Outcome diff = Commands.run("diff", a, b, "--per-vcpu", "--fail-on", "divergence", "--fail-on", "regression");

        assertThat(diff.exitCode()).as(diff.out()).isEqualTo(ExitCode.FINE);
        assertThat(diff.out()).contains("158 decisions, all the same", "107 decisions, all the same");
    }

    @Test
    void storedRunsAndRecordingsCompareAlike() throws Exception {
        try (BrokerHandle broker = Brokers.joinOrStart(folder.resolve("data"))) {
            String stored = Commands.runOn(broker, "import", ALL_MSRS).out().split("  ", -1)[0];

            String files = Commands.run("diff", PLAIN, ALL_MSRS).out();
            assertThat(Commands.runOn(broker, "diff", PLAIN, stored).out()).isEqualTo(files);
            assertThat(Commands.runOn(broker, "diff", stored, stored).out()).contains("all the same");
        }
    }
}
