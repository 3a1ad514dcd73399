package io.trapline.app.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trapline.app.proof.TraceLines;
import io.trapline.app.report.ExitCost;
import io.trapline.app.report.PerfReport;
import io.trapline.app.report.PerfView;
import io.trapline.app.report.SummaryDocument;
import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.RecordingFile;
import io.trapline.app.run.RunDocument;
import io.trapline.producer.source.UnreadableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same trace through {@code perf kvm stat report} and through us: what perf printed is what we print. */
class PerfParityTest {
    private static final Path RECORDINGS = Path.of("../producer/src/test/resources/recordings/amd-svm/linux-6.1");
    private static final Path ANSWERS = Path.of("src/test/resources/perf");

    private static SummaryDocument document(Path recording) throws UnreadableInput {
        return RunDocument.of(new LoopAnalysis("live")
                .of(RecordingFile.at(recording.toString(), 0))
                .rows());
    }

    private static String answer(String run, String report) throws IOException {
        return Files.readString(ANSWERS.resolve(run).resolve("report-" + report + ".txt"));
    }

    /** Text with nanoseconds gives every digit. */
    @ParameterizedTest
    @CsvSource({
        "07-perf-and-ftrace-same-run,script",
        "07-perf-kvm-stat,script-ns",
    })
    void whatPerfPrintsIsPrintedToTheLastDigit(String run, String script) throws Exception {
        SummaryDocument document = document(RECORDINGS.resolve(run).resolve(script + ".txt.xz"));

        for (PerfView view : List.of(PerfView.VMEXIT, PerfView.MMIO, PerfView.IOPORT)) {
            assertThat(PerfReport.write(document, view, false))
                    .as(run + " " + view)
                    .isEqualTo(answer(run, view.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** One row of perf's table: the figures behind the name. */
    private record Row(long samples, double minUs, double maxUs, double meanUs) {
        static Map<String, Row> of(String table) {
            return table.lines()
                    .filter(line -> line.contains("( +-"))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, 20).strip(),
                            line -> row(line.substring(20)),
                            (a, b) -> a,
                            TreeMap::new));
        }

        private static Row row(String line) {
            String[] figures = line.replaceAll("us|%", "").strip().split(" +", -1);
            return new Row(
                    Long.parseLong(figures[0]),
                    Double.parseDouble(figures[3]),
                    Double.parseDouble(figures[4]),
                    Double.parseDouble(figures[5]));
        }
    }

    /** The default text has microseconds: each duration is off by less than one, and so is each mean. */
    @ParameterizedTest
    @CsvSource({"07-perf-kvm-stat", "07-perf-kvm-stat-4vcpu", "07-perf-record-kvm-all"})
    void textWithMicrosecondsAgreesAsFarAsItGoes(String run) throws Exception {
        SummaryDocument document = document(RECORDINGS.resolve(run).resolve("script.txt.xz"));

        for (PerfView view : List.of(PerfView.VMEXIT, PerfView.MMIO, PerfView.IOPORT)) {
            Map<String, Row> perf = Row.of(answer(run, view.name().toLowerCase(Locale.ROOT)));
            Map<String, Row> ours = Row.of(PerfReport.write(document, view, false));
            assertThat(ours.keySet()).as(run + " " + view).isEqualTo(perf.keySet());
            perf.forEach((name, row) -> {
                assertThat(ours.get(name).samples()).as(name).isEqualTo(row.samples());
                assertThat(ours.get(name).minUs()).as(name).isCloseTo(row.minUs(), within(1.0));
                assertThat(ours.get(name).maxUs()).as(name).isCloseTo(row.maxUs(), within(1.0));
                assertThat(ours.get(name).meanUs()).as(name).isCloseTo(row.meanUs(), within(1.0));
            });
        }
    }

    /** perf prints a minimum of 0.00us for one vCPU; all else agrees. */
    @Test
    void oneVcpuAgreesButForPerfsMinimum() throws Exception {
        String run = "07-perf-and-ftrace-same-run";
        SummaryDocument all = document(RECORDINGS.resolve(run).resolve("script.txt.xz"));

        for (int vcpu = 0; vcpu < 2; vcpu++) {
            int wanted = vcpu;
            List<ExitCost> exits =
                    all.exits().stream().filter(exit -> exit.vcpu() == wanted).toList();
            SummaryDocument one = new SummaryDocument(
                    all.run(),
                    exits,
                    all.accesses(),
                    all.nested(),
                    all.hotSpots(),
                    all.xfd(),
                    all.policies(),
                    all.findings(),
                    all.whatIf(),
                    all.audit());
            String ours = PerfReport.write(one, PerfView.VMEXIT, false);
            String perf = answer(run, "vmexit-vcpu" + vcpu);

            assertThat(withoutMinimum(ours)).isEqualTo(withoutMinimum(perf));
            assertThat(Row.of(perf).values()).allMatch(row -> row.minUs() == 0);
            assertThat(Row.of(ours).values()).allMatch(row -> row.minUs() > 0);
        }
    }

    private static String withoutMinimum(String table) {
        return table.lines()
                .filter(line -> !line.startsWith("Analyze"))
                .map(line -> line.contains("( +-") ? line.substring(0, 50) + line.substring(62) : line)
                .collect(Collectors.joining("\n"));
    }

    /** A recording that begins while the guests run: perf leaves out each vCPU's exit before its first entry. */
    @Test
    void whatPerfLeavesOutIsNamed() throws Exception {
        Path whole = RECORDINGS.resolve("07-perf-and-ftrace-same-run/script.txt.xz");
        List<String> lines = TraceLines.of(whole);
        int exit = 0;
        while (!lines.get(exit).contains("kvm_exit: vcpu 1 reason cpuid")) {
            exit++;
        }
        // One vCPU only, from an exit on: for perf it begins with the entry behind it.
        List<String> fromExit = lines.subList(exit, lines.size()).stream()
                .filter(line -> line.contains("CPU 1/KVM"))
                .toList();
        List<String> fromEntry =
                fromExit.stream().dropWhile(line -> !line.contains("kvm_entry")).toList();
        String told = PerfReport.write(TraceLines.analyze(fromExit), PerfView.VMEXIT, true);
        String perfs = PerfReport.write(TraceLines.analyze(fromEntry), PerfView.VMEXIT, false);

        assertThat(Row.of(told).get("cpuid").samples())
                .isEqualTo(Row.of(perfs).get("cpuid").samples() + 1);
        assertThat(told).containsIgnoringWhitespaces("1 sample fewer (cpuid 1)");
    }
}
