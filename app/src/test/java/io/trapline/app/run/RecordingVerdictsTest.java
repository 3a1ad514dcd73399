package io.trapline.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.proof.TraceLines;
import io.trapline.app.report.ExitCost;
import io.trapline.app.report.Finding;
import io.trapline.app.report.JsonReport;
import io.trapline.app.report.PolicyVerdict;
import io.trapline.app.report.SummaryDocument;
import io.trapline.app.report.TimeSplit;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.streams.fold.ExitWatcher;
import io.trapline.streams.policy.Verdict;
import io.trapline.streams.profile.AnalysisInputs;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What real recordings of sound kernels say: no finding, balanced books, and for each policy as many checks as their
 * READMEs let one count (P8: the {@code read_msr 1c4} lines). {@code -Dsnap.update=true} rewrites the figures; why they
 * are as they are is written by hand in {@code whys.tsv}.
 */
class RecordingVerdictsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/verdicts/recordings.txt");
    private static final Path WHYS = Path.of("src/test/resources/verdicts/whys.tsv");

    static Stream<Path> recordings() throws IOException {
        return TraceLines.recordings().stream();
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
        assertThat(document.exits()).allSatisfy(RecordingVerdictsTest::addsUp);
        // Cut elsewhere, the same to the byte.
        assertThat(JsonReport.write(analyze(file, 7))).isEqualTo(JsonReport.write(document));
    }

    /** The parts of a time are not negative and make it up. */
    private static void addsUp(ExitCost exit) {
        TimeSplit split = exit.split();
        List<BigInteger> parts = Stream.of(
                        split.kernel(exit.time().sum()),
                        split.userspace(),
                        split.halted(),
                        split.preempted(),
                        split.unknown())
                .filter(Objects::nonNull)
                .toList();
        assertThat(parts).allMatch(part -> part.signum() >= 0);
        if (split.userspace() != null) {
            assertThat(parts.stream().reduce(BigInteger.ZERO, BigInteger::add))
                    .isEqualTo(exit.time().sum());
        }
    }

    /** Each recording with its figures, which are generated, and why they are so, which people have written. */
    @Test
    void verdictsAreTheGoldenOnes() throws Exception {
        Map<String, String> whys = whys();
        String table = "# From the recordings and whys.tsv: figures are checked/undecided.\n"
                + recordings().map(file -> entry(file, whys)).collect(Collectors.joining());
        if (Boolean.getBoolean("snap.update")) {
            Files.writeString(GOLDEN, table);
        }
        assertThat(table).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void eachRecordingHasAWhyOfItsOwnAndEachWhyARecording() throws Exception {
        Map<String, String> whys = whys();
        List<Path> recordings = recordings().toList();
        assertThat(recordings)
                .allSatisfy(file -> assertThat(whys.keySet().stream().filter(glob -> matches(glob, file)))
                        .as(file.toString())
                        .isNotEmpty());
        assertThat(whys.keySet())
                .allSatisfy(glob -> assertThat(recordings).as(glob).anyMatch(file -> matches(glob, file)));
    }

    private static Map<String, String> whys() throws IOException {
        return Files.readAllLines(WHYS).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> a, LinkedHashMap::new));
    }

    private static boolean matches(String glob, Path file) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(TraceLines.RECORDINGS.relativize(file));
    }

    private static String entry(Path file, Map<String, String> whys) {
        StringBuilder entry =
                new StringBuilder("\n" + TraceLines.RECORDINGS.relativize(file) + ": " + seen(file) + "\n");
        whys.forEach((glob, why) -> entry.append(matches(glob, file) ? "  why: " + why + "\n" : ""));
        return entry.toString();
    }

    private static String seen(Path file) {
        try {
            SummaryDocument document = analyze(file, 1024);
            return document.run().profile() + ", " + document.audit().exits() + " exits, "
                    + document.run().unparsed() + " unparsed" + verdicts(document) + findings(document);
        } catch (UnreadableInput e) {
            return "refused: " + e.getMessage();
        } catch (Exception e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    /** A line for each verdict with the policies that have it. */
    private static String verdicts(SummaryDocument document) {
        return Arrays.stream(Verdict.values())
                .map(verdict -> document.policies().stream()
                        .filter(policy -> policy.verdict() == verdict)
                        .map(RecordingVerdictsTest::figures)
                        .collect(Collectors.joining(", ", "\n  " + verdict.title() + ": ", "")))
                .filter(line -> line.contains(" P"))
                .collect(Collectors.joining());
    }

    private static String figures(PolicyVerdict policy) {
        String figures =
                policy.verdict() == Verdict.NOT_APPLICABLE ? "" : " " + policy.checked() + "/" + policy.undecided();
        return policy.policy().id() + figures;
    }

    /** Findings by what they are about, over all vCPUs. */
    private static String findings(SummaryDocument document) {
        Map<String, Long> times = new TreeMap<>();
        document.findings().forEach(finding -> times.merge(about(finding), finding.count(), Long::sum));
        return times.entrySet().stream()
                .map(each -> "\n  " + each.getKey() + ": " + each.getValue() + " times")
                .collect(Collectors.joining());
    }

    private static String about(Finding finding) {
        String kind = finding.isHint() ? "hint" : "finding";
        return String.join(" ", kind, finding.severity(), finding.policy().id(), cause(finding), "in", finding.level());
    }

    /** The id of a finding is policy, VM, vCPU and cause. */
    private static String cause(Finding finding) {
        return finding.id()
                .substring(String.join("-", finding.policy().id(), finding.vm(), finding.vcpu() + "-")
                        .length());
    }

    private static SummaryDocument analyze(Path file, int chunkMax) throws Exception {
        return RunDocument.of(new LoopAnalysis(AnalysisInputs.named("live"), ExitWatcher.NONE, chunkMax)
                .of(RecordingFile.at(file.toString(), 0))
                .rows());
    }
}
