package io.trapline.streams.totals;

import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.streams.fold.FindingRows;
import io.trapline.streams.policy.Policies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Findings and verdicts of a whole run, from those of its streams. */
final class RunSummary {
    /** A verdict of the whole run has no VM and this vCPU. */
    static final int NO_VCPU = -1;

    private final RunFacts facts;
    private final Map<String, PolicyVerdictRow> verdicts = new TreeMap<>();
    private final List<FindingRow> findings = new ArrayList<>();
    private final Map<String, List<KernelRange>> decidedByKernel = new TreeMap<>();

    /** Every policy gets a verdict, also the one that no stream had anything for. */
    RunSummary(String analysis, String run, RunFacts facts) {
        this.facts = facts;
        Policies.ALL.forEach(policy -> verdicts.put(policy.id(), none(analysis, run, policy.id())));
    }

    private static PolicyVerdictRow none(String analysis, String run, String policy) {
        return new PolicyVerdictRow(analysis, run, policy, "", NO_VCPU, false, 0L, 0L, 0L, 0L, null);
    }

    /** Adds what a stream could decide by itself; its violations are those of its findings. */
    void add(PolicyVerdictRow stream) {
        PolicyVerdictRow run = verdict(stream.getAnalysis(), stream.getRun(), stream.getPolicy());
        run.setChecked(run.getChecked() + stream.getChecked());
        run.setUndecided(run.getUndecided() + stream.getUndecided());
    }

    /** Decides what a finding of a stream is worth in this run. */
    void add(FindingRow finding) {
        PolicyVerdictRow run = verdict(finding.getAnalysis(), finding.getRun(), finding.getPolicy());
        switch (facts.outcomeOf(finding)) {
            case VIOLATED -> {
                run.setViolations(run.getViolations() + finding.getRepeats());
                findings.add(decided(finding));
            }
            case UNDECIDED -> {
                run.setUndecided(run.getUndecided() + finding.getRepeats());
                waitForKernel(facts.decidedBy(finding), finding.getPolicy());
            }
            case DROPPED -> {}
        }
    }

    private void waitForKernel(KernelRange decidedBy, String policy) {
        if (decidedBy != null) {
            decidedByKernel.computeIfAbsent(policy, id -> new ArrayList<>()).add(decidedBy);
        }
    }

    private static FindingRow decided(FindingRow finding) {
        FindingRow row = FindingRows.copyOf(finding);
        row.setAwaits(List.of());
        row.setLegalFrom(null);
        row.setLegalUpTo(null);
        row.setProvisional(false);
        return row;
    }

    private PolicyVerdictRow verdict(String analysis, String run, String policy) {
        return verdicts.computeIfAbsent(policy, id -> none(analysis, run, id));
    }

    /** The findings that stand, in the order they were added. */
    List<FindingRow> findings() {
        return findings;
    }

    /** One verdict per policy, in the order of their ids as text. */
    Collection<PolicyVerdictRow> verdicts() {
        decidedByKernel.forEach((policy, kernels) -> verdicts.get(policy).setDecidedBy(inCommon(kernels)));
        return verdicts.values();
    }

    /** The kernels that would make all findings right; null where none does. */
    private static String inCommon(List<KernelRange> kernels) {
        Optional<KernelRange> common = Optional.of(KernelRange.ALL);
        for (KernelRange one : kernels) {
            common = common.flatMap(one::inCommon);
        }
        return common.map(KernelRange::toString).orElse(null);
    }
}
