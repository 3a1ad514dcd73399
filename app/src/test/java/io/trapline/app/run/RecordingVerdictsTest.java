package io.trapline.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.report.Finding;
import io.trapline.app.report.JsonReport;
import io.trapline.app.report.SummaryDocument;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.streams.profile.AnalysisInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What real recordings of sound kernels say: no finding, balanced books, and for each policy as many checks as their
 * READMEs let one count (P8: the {@code read_msr 1c4} lines). Figures are checked/undecided; {@code -Dsnap.update=true}
 * rewrites them.
 */
class RecordingVerdictsTest {
    private static final Path RECORDINGS = Path.of("../producer/src/test/resources/recordings");
    private static final Path GOLDEN = Path.of("src/test/resources/verdicts/recordings.txt");

    static Stream<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.walk(RECORDINGS)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".md"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void soundKernelsGiveNoFindingAndBalancedBooks(Path file) throws Exception {
        SummaryDocument document;
        try {
            document = analyze(file, 1024);
        } catch (UnreadableInput e) {
            assertThat(e).hasMessageContaining("record again");
            return;
        }
        assertThat(document.findings()).allMatch(Finding::isHint);
        assertThat(document.audit().balanced()).isTrue();
        assertThat(document.audit().exits())
                .isEqualTo(document.exits().stream()
                        .mapToLong(exit -> exit.time().samples() + exit.open())
                        .sum());
        // Cut elsewhere, the same to the byte.
        assertThat(JsonReport.write(analyze(file, 7))).isEqualTo(JsonReport.write(document));
    }

    @Test
    void verdictsAreTheGoldenOnes() throws Exception {
        List<String> lines = recordings().map(RecordingVerdictsTest::line).toList();
        String table = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("snap.update")) {
            Files.writeString(GOLDEN, table);
        }
        assertThat(table).isEqualTo(Files.readString(GOLDEN));
    }

    private static String line(Path file) {
        try {
            SummaryDocument document = analyze(file, 1024);
            String verdicts = document.policies().stream()
                    .map(verdict -> String.format(
                            Locale.ROOT,
                            "%s %s %d/%d",
                            verdict.policy().id(),
                            verdict.verdict().title(),
                            verdict.checked(),
                            verdict.undecided()))
                    .collect(Collectors.joining(", "));
            return RECORDINGS.relativize(file) + ": " + document.run().profile() + ", "
                    + document.audit().exits() + " exits, " + document.run().unparsed() + " unparsed; " + verdicts
                    + findings(document);
        } catch (UnreadableInput e) {
            return RECORDINGS.relativize(file) + ": refused: " + e.getMessage();
        } catch (Exception e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    /** Hints by what they are about, over all vCPUs. */
    private static String findings(SummaryDocument document) {
        Map<String, Long> repeats = new TreeMap<>();
        document.findings()
                .forEach(finding ->
                        repeats.merge(finding.policy().id() + " " + cause(finding), finding.count(), Long::sum));
        return repeats.isEmpty() ? "" : "; hints: " + repeats;
    }

    /** The id of a finding is policy, VM, vCPU and cause. */
    private static String cause(Finding finding) {
        return finding.id()
                .substring(String.join("-", finding.policy().id(), finding.vm(), finding.vcpu() + "-")
                        .length());
    }

    private static SummaryDocument analyze(Path file, int chunkMax) throws Exception {
        return RunDocument.of(new LoopAnalysis(AnalysisInputs.named("live"), chunkMax)
                .of(RecordingFile.at(file.toString(), 0))
                .rows());
    }
}
