package io.trapline.app.diff;

import io.trapline.app.report.Finding;
import io.trapline.app.report.PolicyVerdict;
import io.trapline.app.report.SummaryDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the policies say otherwise of the two runs.
 *
 * @param fresh findings of B of a policy and cause that A has none of, one each
 * @param gone the reverse
 * @param verdicts policies with another verdict
 */
record JudgementChanges(List<Finding> fresh, List<Finding> gone, List<VerdictChange> verdicts) {
    private static final Set<String> OF_KERNEL = Set.of("LOST", "WRONG", "SECURITY");

    /** A policy's verdicts. */
    record VerdictChange(PolicyVerdict a, PolicyVerdict b) {}

    JudgementChanges {
        fresh = List.copyOf(fresh);
        gone = List.copyOf(gone);
        verdicts = List.copyOf(verdicts);
    }

    static JudgementChanges between(SummaryDocument a, SummaryDocument b) {
        return new JudgementChanges(
                onlyIn(b.findings(), a.findings()), onlyIn(a.findings(), b.findings()), verdicts(a, b));
    }

    private static List<Finding> onlyIn(List<Finding> here, List<Finding> there) {
        Set<String> known = there.stream().map(JudgementChanges::cause).collect(Collectors.toSet());
        List<Finding> only = new ArrayList<>();
        for (Finding finding : here) {
            if (known.add(cause(finding))) {
                only.add(finding);
            }
        }
        return only;
    }

    /** Policy, level and cause: not the vCPU, which of several has it is chance. */
    private static String cause(Finding finding) {
        String begins = finding.policy().id() + "-" + finding.vm() + "-" + finding.vcpu();
        String cause = finding.id().startsWith(begins) ? finding.id().substring(begins.length()) : finding.id();
        return finding.policy().id() + "|" + finding.level() + "|" + cause;
    }

    private static List<VerdictChange> verdicts(SummaryDocument a, SummaryDocument b) {
        Map<String, PolicyVerdict> known = a.policies().stream()
                .collect(Collectors.toMap(verdict -> verdict.policy().id(), Function.identity()));
        return b.policies().stream()
                .filter(verdict -> known.containsKey(verdict.policy().id()))
                .map(verdict -> new VerdictChange(known.get(verdict.policy().id()), verdict))
                .filter(change -> change.a().verdict() != change.b().verdict())
                .toList();
    }

    /** Findings of one policy at one level in one list each. */
    static List<List<Finding>> byPolicy(List<Finding> findings) {
        Map<String, List<Finding>> grouped = new LinkedHashMap<>();
        for (Finding finding : findings) {
            grouped.computeIfAbsent(finding.policy().id() + " " + finding.level(), key -> new ArrayList<>())
                    .add(finding);
        }
        return List.copyOf(grouped.values());
    }

    /** New findings that say something of the kernel: no hints, nothing of the recording, no mere costs. */
    List<Finding> violations() {
        return fresh.stream()
                .filter(finding -> !finding.isHint() && OF_KERNEL.contains(finding.severity()))
                .toList();
    }
}
