package io.trapline.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.proof.TraceLines;
import io.trapline.app.report.Finding;
import io.trapline.app.report.PolicyVerdict;
import io.trapline.app.report.SummaryDocument;
import io.trapline.streams.policy.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings whose exits do not say which exception they are for: what depends on it is not judged, the rest is. */
class WithoutIntrInfoTest {
    private static final Path RECORDINGS = TraceLines.RECORDINGS.resolve("bochs-amx");
    private static final Pattern EXIT = Pattern.compile("( kvm_exit: )vcpu \\d+ reason (.*) info1 0x([0-9a-f]+)"
            + " info2 0x([0-9a-f]+) intr_info 0x[0-9a-f]+ error_code 0x[0-9a-f]+");

    /** As trace-cmd's plugin prints kvm_exit: a #NM is any exception, and what depends on it is not judged. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "direct-linux-6.1/s1-xfd-arm-nm.txt",
                "direct-linux-6.1/s4-nm-loop.txt",
                "direct-linux-6.1/s6-cr0ts-nm-and-stale-xfd-err.txt",
                "linux-guest-linux-6.1/q1-linux-guest-amx-1vcpu.txt.gz",
                "linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz"
            })
    void withoutIntrInfoWhatDependsOnItIsNotApplicable(String name) throws Exception {
        SummaryDocument whole = TraceLines.analyze(lines(name));
        SummaryDocument part = TraceLines.analyze(withoutIntrInfo(name));

        assertThat(part.findings()).allMatch(Finding::isHint);
        assertThat(part.audit().exits()).isEqualTo(whole.audit().exits());
        for (String id : List.of("P10", "P11")) {
            assertThat(policy(id, whole).verdict()).as(id).isEqualTo(Verdict.CONFORMS);
            PolicyVerdict verdict = policy(id, part);
            assertThat(verdict.verdict()).as(id).isEqualTo(Verdict.NOT_APPLICABLE);
            assertThat(verdict.missing()).as(id).containsExactly("kvm_exit intr_info");
            assertThat(verdict.recipe()).as(id).startsWith("trace-cmd report -N ");
        }
        for (String id : List.of("P8", "P12", "P23")) {
            assertThat(policy(id, part)).isEqualTo(policy(id, whole));
        }
    }

    /** SVM has an exit reason for each exception. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../amd-svm/linux-5.10/03-smp2/trace.txt.gz",
                "../amd-svm/linux-6.1/01-tiny-all/trace.txt",
                "../amd-svm/linux-6.1/11-two-vms/trace.txt.gz"
            })
    void onSvmNothingIsMissedWithoutIntrInfo(String name) throws Exception {
        SummaryDocument part = TraceLines.analyze(withoutIntrInfo(name));

        assertThat(part.policies())
                .isEqualTo(TraceLines.analyze(lines(name)).policies())
                .allSatisfy(verdict -> {
                    assertThat(verdict.missing()).doesNotContain("kvm_exit intr_info");
                    assertThat(String.valueOf(verdict.recipe())).doesNotContain("report -N");
                });
    }

    private static List<String> withoutIntrInfo(String name) throws Exception {
        List<String> lines = lines(name).stream()
                .map(line -> EXIT.matcher(line).replaceFirst("$1reason $2 info $3 $4"))
                .toList();
        assertThat(lines).noneMatch(line -> line.contains(": kvm_exit: vcpu"));
        return lines;
    }

    private static PolicyVerdict policy(String id, SummaryDocument document) {
        return document.policies().stream()
                .filter(verdict -> verdict.policy().id().equals(id))
                .findAny()
                .orElseThrow();
    }

    private static List<String> lines(String name) throws Exception {
        return TraceLines.of(RECORDINGS.resolve(name));
    }
}
