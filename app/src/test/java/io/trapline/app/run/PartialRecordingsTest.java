package io.trapline.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.report.PolicyVerdict;
import io.trapline.app.report.SummaryDocument;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.TraceInput;
import io.trapline.streams.policy.Verdict;
import io.trapline.streams.totals.Analysis;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a sound kernel did stays sound when only a part of it was recorded: no finding that the whole does not have. A
 * single record taken out of the middle is a kernel that forgot to do it, and is found.
 */
class PartialRecordingsTest {
    private static final Path RECORDINGS = Path.of("../producer/src/test/resources/recordings/bochs-amx");
    private static final Pattern EXIT = Pattern.compile("( kvm_exit: )vcpu \\d+ reason (.*) info1 0x([0-9a-f]+)"
            + " info2 0x([0-9a-f]+) intr_info 0x[0-9a-f]+ error_code 0x[0-9a-f]+");
    private static final int CUTS = 40;
    /** The two XFD MSRs are one family, read and written: the specification takes any of their records for all. */
    private static final String[] FAMILIES = {
        ": kvm_entry:",
        ": kvm_exit:",
        ": kvm_msr:",
        "_msr: 1c",
        ": kvm_nested_",
        ": kvm_fpu:",
        ": kvm_userspace_exit:",
        ": kvm_inj_exception:",
        ": kvm_pio:",
        ": kvm_cpuid:",
        ": kvm_page_fault:"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "direct-linux-6.1/s1-xfd-arm-nm.txt",
                "direct-linux-6.1/s3-bad-bits.txt",
                "direct-linux-6.1/s4-nm-loop.txt",
                "direct-linux-6.1/s6-cr0ts-nm-and-stale-xfd-err.txt",
                "direct-linux-6.1/s8-irqchip-timer.txt",
                "linux-guest-linux-6.1/q1-linux-guest-amx-1vcpu.txt.gz"
            })
    void cutAtAnyLineAtEitherEndGivesNoFinding(String name) throws Exception {
        List<String> lines = lines(name);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < CUTS; i++) {
            int from = 11 + random.nextInt(lines.size() - 40);
            int to = from + 20 + random.nextInt(lines.size() - from - 20);
            assertThat(analyze(lines.subList(from, to)).findings())
                    .as("lines %d to %d", from, to)
                    .isEmpty();
        }
    }

    /** A family that was not recorded cannot be missed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "direct-linux-6.1/s1-xfd-arm-nm.txt",
                "direct-linux-6.1/s4-nm-loop.txt",
                "direct-linux-6.1/s6-cr0ts-nm-and-stale-xfd-err.txt",
                "linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz"
            })
    void withoutAFamilyOfEventsThereIsNoFinding(String name) throws Exception {
        List<String> lines = lines(name);
        for (String family : FAMILIES) {
            Predicate<String> isOfFamily = line -> line.contains(family);
            assertThat(analyze(lines.stream().filter(isOfFamily.negate()).toList())
                            .findings())
                    .as("without %s", family)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "P8, read_msr: 1c4",
        "P11, 'write_msr: 1c5, value 0'",
        "P10, 'write_msr: 1c5, value 40000'",
        "P23, kvm_entry: vcpu"
    })
    void aRecordTakenOutOfTheMiddleIsFoundByItsPolicy(String policy, String record) throws Exception {
        for (String name : new String[] {"s1-xfd-arm-nm.txt", "s4-nm-loop.txt", "s6-cr0ts-nm-and-stale-xfd-err.txt"}) {
            List<String> lines = lines("direct-linux-6.1/" + name);
            Random random = new Random(name.hashCode());
            for (int i = 0; i < CUTS; i++) {
                int victim = anyLineWith(record, lines, random);
                List<String> broken = new ArrayList<>(lines);
                broken.remove(victim);
                assertThat(analyze(broken).findings())
                        .as("%s without line %d: %s", name, victim + 1, lines.get(victim))
                        .extracting(finding -> finding.policy().id())
                        .containsOnly(policy);
            }
        }
    }

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
        SummaryDocument whole = analyze(lines(name));
        SummaryDocument part = analyze(withoutIntrInfo(name));

        assertThat(part.findings()).isEmpty();
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
        SummaryDocument part = analyze(withoutIntrInfo(name));

        assertThat(part.policies()).isEqualTo(analyze(lines(name)).policies()).allSatisfy(verdict -> {
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

    private static int anyLineWith(String record, List<String> lines, Random random) {
        int[] found = IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).contains(record) && !isAfterUserSpace(line, lines))
                .toArray();
        return found[random.nextInt(found.length)];
    }

    /** User space may have changed what the entry restores: there, a missing record proves nothing. */
    private static boolean isAfterUserSpace(int line, List<String> lines) {
        int at = line;
        while (!lines.get(at).contains("kvm_exit:") && !lines.get(at).contains("kvm_userspace_exit:") && at > 0) {
            at--;
        }
        return lines.get(line).contains("write_msr: 1c5") && lines.get(at).contains("kvm_userspace_exit:");
    }

    private static List<String> lines(String name) throws Exception {
        try (TraceInput input = TraceInput.open(RECORDINGS.resolve(name).toString());
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(input.text(), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static SummaryDocument analyze(List<String> lines) throws Exception {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        Analysis analysis = new Analysis("live");
        try (TraceInput input = TraceInput.of("part.txt", new ByteArrayInputStream(text))) {
            RecordingSummary imported =
                    new RecordingImporter("run", ReadOptions.NONE, 100, analysis::accept).run(input);
            return RunDocument.of(analysis.finish(imported.toRun("run")));
        }
    }
}
