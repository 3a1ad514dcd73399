package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cli.Commands.Outcome;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a run is reported, as a user asks for it. */
class ReportOptionsTest {
    private static final String ARMED = Commands.ARMED.toString();
    private static final String NESTED = Commands.NESTED.toString();
    private static final String TWO_VCPUS = Commands.TWO_VCPUS.toString();

    @TempDir
    private Path folder;

    private static JsonNode json(String recording, String... options) throws Exception {
        List<String> args = new ArrayList<>(List.of("analyze", recording, "--format", "json", "--fail-on", "none"));
        args.addAll(Arrays.asList(options));
        Outcome outcome = Commands.run(args.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.FINE);
        return new ObjectMapper().readTree(outcome.out());
    }

    private static Map<String, BigInteger> figures(JsonNode report, String figure) {
        Map<String, BigInteger> figures = new HashMap<>();
        for (JsonNode exit : report.get("exits")) {
            String name = exit.get("vm") + "/" + exit.get("vcpu") + "/" + exit.get("level") + "/" + exit.get("reason")
                    + "/" + exit.get("detail");
            figures.merge(name, exit.get(figure).bigIntegerValue(), BigInteger::add);
        }
        return figures;
    }

    @Test
    void aFilterNarrowsExitsAndAccountsAndSaysSo() throws Exception {
        JsonNode whole = json(TWO_VCPUS);
        JsonNode one = json(TWO_VCPUS, "--vcpu", "1");

        assertThat(whole.has("filter")).isFalse();
        assertThat(one.get("filter").toString()).isEqualTo("{\"vcpu\":[1]}");
        assertThat(one.findValues("vcpu").stream().filter(JsonNode::isInt))
                .isNotEmpty()
                .allMatch(vcpu -> vcpu.asInt() == 1);
        assertThat(one.at("/audit/vcpus")).hasSize(1);
        assertThat(whole.at("/audit/vcpus")).hasSize(2);
        assertThat(one.get("policies")).isEqualTo(whole.get("policies"));
        Map<String, BigInteger> expected = figures(whole, "time_ns");
        expected.keySet().removeIf(name -> !name.contains("/1/"));
        assertThat(figures(one, "time_ns")).isEqualTo(expected);
    }

    @Test
    void levelsAndReasonsAreFiltersToo() throws Exception {
        JsonNode narrow = json(NESTED, "--level", "L2", "--reason", "CPUID,MSR_READ");

        assertThat(narrow.get("exits")).isNotEmpty();
        for (JsonNode exit : narrow.get("exits")) {
            assertThat(exit.get("level").asText()).isEqualTo("L2");
            assertThat(exit.get("reason").asText()).isIn("CPUID", "MSR_READ");
        }
        assertThat(Commands.run("analyze", NESTED, "--level", "L2", "--reason", "CPUID,MSR_READ")
                        .out())
                .contains("Only level L2; reason CPUID, MSR_READ.");
    }

    @Test
    void aFindingGoesWithTheReasonOfItsExit() throws Exception {
        Path broken = Commands.without(Commands.ARMED, folder.resolve("one-sync-removed.txt"), 297);
        JsonNode whole = json(broken.toString());
        assertThat(whole.get("findings")).isNotEmpty();

        String reason = "EPT_VIOLATION";
        JsonNode of = json(broken.toString(), "--reason", reason);
        JsonNode others = json(broken.toString(), "--reason", "CPUID");

        assertThat(of.get("findings").size() + others.get("findings").size())
                .isEqualTo(whole.get("findings").size());
        assertThat(of.get("findings")).isNotEmpty();
        String line = of.at("/findings/0/source").asText();
        assertThat(json(broken.toString(), "--to", line).get("findings")).isNotEmpty();
        int number = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
        assertThat(json(broken.toString(), "--to", ":" + (number - 1)).get("findings"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--vm, nobody, 'there is vm-0.'",
        "--vcpu, 7, 'there is 0, 1.'",
        "--level, L2, 'there is L1.'",
        "--reason, cpuid, CPUID"
    })
    void aNameThatNothingHasIsAUsageErrorThatListsWhatThereIs(String option, String name, String there) {
        Outcome outcome = Commands.run("analyze", TWO_VCPUS, option, name);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(option + " " + name, there);
        assertThat(outcome.out()).isEmpty();
    }

    /** Whatever moment a run is cut at, its two parts have what the whole has. */
    @ParameterizedTest
    @CsvSource({":1000, :1001", "1000, 1001", "#1000, #1001"})
    void theExitsOfTwoPartsAreThoseOfTheWhole(String to, String from) throws Exception {
        JsonNode whole = json(ARMED);
        JsonNode first = json(ARMED, "--to", to);
        JsonNode second = json(ARMED, "--from", from);

        assertThat(first.get("policies")).isEqualTo(whole.get("policies")).isEqualTo(second.get("policies"));
        for (String figure : List.of("samples", "time_ns", "open", "syncs")) {
            Map<String, BigInteger> parts = figures(first, figure);
            Map<String, BigInteger> rest = figures(second, figure);
            assertThat(parts).as(figure).isNotEmpty().isNotEqualTo(rest);
            rest.forEach((name, value) -> parts.merge(name, value, BigInteger::add));
            assertThat(parts).as(figure).isEqualTo(figures(whole, figure));
        }
    }

    @Test
    void aSpanOfTimeHasItsBounds() throws Exception {
        JsonNode part = json(ARMED, "--from", "2.192603", "--to", "2.192700", "--duration", "0ns");

        assertThat(part.get("filter").toString()).isEqualTo("{\"from\":\"2.192603\",\"to\":\"2.192700\"}");
        assertThat(part.at("/outliers/longest")).isNotEmpty();
        for (JsonNode outlier : part.at("/outliers/longest")) {
            assertThat(outlier.at("/records/0/time_ns").asLong()).isBetween(2_192_603_000L, 2_192_700_000L);
        }
    }

    @Test
    void outliersAreTheExitsThatTookLongerWithTheirRecords() throws Exception {
        JsonNode exits = json(ARMED).get("exits");
        long longest = 0;
        long samples = 0;
        for (JsonNode exit : exits) {
            boolean halt = exit.get("reason").asText().equals("HLT");
            longest = halt ? longest : Math.max(longest, exit.get("max_ns").asLong());
            samples += halt || exit.get("min_ns").asLong() == 0
                    ? 0
                    : exit.get("samples").asLong();
        }

        JsonNode all = json(ARMED, "--duration", "0ns").get("outliers");
        JsonNode last = json(ARMED, "--duration", longest - 1 + "ns").get("outliers");

        assertThat(all.get("count").asLong()).isGreaterThanOrEqualTo(samples);
        assertThat(all.get("longest")).hasSize(100);
        assertThat(last.get("count").asLong()).isPositive();
        assertThat(json(ARMED, "--duration", longest + "ns")
                        .at("/outliers/count")
                        .asLong())
                .isZero();
        JsonNode outlier = last.at("/longest/0");
        assertThat(outlier).isEqualTo(all.at("/longest/0"));
        JsonNode records = outlier.get("records");
        assertThat(records.get(0).get("text").asText()).startsWith("kvm_exit: vcpu 0 reason ");
        assertThat(records.get(records.size() - 1).get("text").asText()).startsWith("kvm_entry: vcpu 0");
        assertThat(records.get(records.size() - 1).get("time_ns").asLong()
                        - records.get(0).get("time_ns").asLong())
                .isEqualTo(outlier.get("duration_ns").asLong());
    }

    @ParameterizedTest
    @CsvSource({"5, 5000", "5us, 5000", "5000ns, 5000", "0.005ms, 5000", "0.000005s, 5000", "1.5us, 1500"})
    void durationsHaveUnits(String written, BigDecimal nanos) throws Exception {
        assertThat(json(ARMED, "--duration", written)
                        .at("/outliers/longer_than_ns")
                        .decimalValue())
                .isEqualByComparingTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({
        "--duration, 5min, is no duration",
        "--from, now, is no moment",
        "--top, 0, at least one row",
        "--sort, colour, colour"
    })
    void whatCannotBeReadIsAUsageError(String option, String value, String sentence) {
        Outcome outcome = Commands.run("analyze", ARMED, option, value);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "json, --top, 3",
        "junit, --sort, max",
        "junit, --duration, 1ms",
        "perf, --duration, 1ms",
        "text, --event, mmio"
    })
    void anOptionThatWouldDoNothingIsAUsageError(String format, String option, String value) {
        Outcome outcome = Commands.run("analyze", ARMED, "--format", format, option, value);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(option);
    }

    @Test
    void whereTheClockMeasuresNoTimeThatIsSaid() {
        String counter = Commands.RECORDINGS
                .resolve("amd-svm/linux-6.1/02-clock-counter/trace.txt.xz")
                .toString();
        for (String[] option : new String[][] {{"--from", "1.0"}, {"--duration", "1us"}}) {
            Outcome outcome = Commands.run("analyze", counter, option[0], option[1]);
            assertThat(outcome.exitCode()).as(outcome.out()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("clock of this run does not measure");
        }
        assertThat(Commands.run("analyze", counter, "--from", ":100").exitCode())
                .isEqualTo(ExitCode.FINE);
    }

    @Test
    void tablesOfExitsAreSortedAndCut() throws Exception {
        String[] names = names(Commands.run("analyze", NESTED, "--sort", "name").out());
        assertThat(names).isSorted();
        String[] top = names(
                Commands.run("analyze", NESTED, "--sort", "p99", "--top", "2").out());
        JsonNode exits = json(NESTED).get("exits");
        assertThat(top).hasSize(2);
        assertThat(exits.findValuesAsText("reason")).contains(top);
        assertThat(Commands.run("analyze", NESTED, "--top", "2").out()).containsPattern("\n  \\d+ more +[0-9,]+ ");
    }

    /** What perf calls the key time is the mean. */
    @Test
    void perfsTableIsSortedAndOfOneVcpuAsPerfDoesIt() throws Exception {
        Path answers = Path.of("src/test/resources/perf/07-perf-kvm-stat");
        String recording = Commands.RECORDINGS
                .resolve("amd-svm/linux-6.1/07-perf-kvm-stat/script-ns.txt.xz")
                .toString();

        assertThat(Commands.run("analyze", recording, "--format", "perf", "--sort", "mean")
                        .out())
                .isEqualTo(Files.readString(answers.resolve("report-vmexit-keytime.txt")));
        String one = Commands.run("analyze", recording, "--format", "perf", "--vcpu", "0")
                .out();
        assertThat(one.lines().limit(6).toList())
                .isEqualTo(Files.readAllLines(answers.resolve("report-vmexit-vcpu0.txt"))
                        .subList(0, 6));
        Outcome accesses = Commands.run("analyze", recording, "--format", "perf", "--event", "mmio", "--level", "L1");
        assertThat(accesses.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private static String[] names(String report) {
        return report.lines()
                .dropWhile(line -> !line.startsWith("  reason "))
                .skip(1)
                .takeWhile(line -> !line.startsWith("  all "))
                .filter(line -> line.matches("  [A-Z].*"))
                .map(line -> line.strip().split(" ", -1)[0])
                .toArray(String[]::new);
    }

    /** What rows do not hold, the events of the log say, and the same as those of the file. */
    @Test
    void aStoredRunReportsWhatItsRecordingReports() throws Exception {
        try (BrokerHandle broker = Brokers.joinOrStart(folder.resolve("data"))) {
            String run = Commands.runOn(broker, "import", ARMED).out().split("  ", -1)[0];
            Outcome stored = Commands.runOn(broker, "replay", run, "--analysis", "stored");
            assertThat(stored.exitCode()).as(stored.err()).isEqualTo(ExitCode.FINE);

            for (String[] options : new String[][] {
                {"--reason", "CPUID"}, {"--from", ":200", "--to", "2.193"}, {"--duration", "10us", "--vcpu", "0"}
            }) {
                List<String> args = new ArrayList<>(Arrays.asList(options));
                args.addAll(List.of("--format", "json"));
                assertThat(out(broker, args, "runs", "show", run, "--analysis", "stored"))
                        .isEqualTo(out(null, args, "analyze", ARMED))
                        .isEqualTo(out(broker, args, "replay", run, "--analysis", "again"));
            }
            for (String[] wrong :
                    new String[][] {{"--vm", "nobody"}, {"--from", "3.0", "--to", "2.0"}, {"--top", "0"}}) {
                List<String> args = new ArrayList<>(List.of("runs", "show", run, "--analysis", "stored"));
                args.addAll(Arrays.asList(wrong));
                Outcome refused = Commands.runOn(broker, args.toArray(String[]::new));
                assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.USAGE);
                assertThat(refused.err()).contains(wrong[0], "runs show --help");
            }
            Outcome without = Commands.runOn(broker, "replay", run, "--top", "3");
            assertThat(without.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(without.err()).contains("--format");
        }
    }

    private static String out(BrokerHandle broker, List<String> options, String... command) {
        List<String> args = new ArrayList<>(Arrays.asList(command));
        args.addAll(options);
        String[] all = args.toArray(String[]::new);
        Outcome outcome = broker == null ? Commands.run(all) : Commands.runOn(broker, all);
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.FINE);
        return outcome.out();
    }
}
