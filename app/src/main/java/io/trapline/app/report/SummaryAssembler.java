package io.trapline.app.report;

import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.policy.Verdict;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts the document of a run together from its final rows. */
public final class SummaryAssembler {
    private final Map<String, PolicyInfo> policies;
    private final CycleCosts costs;

    /** {@code policies}: all that a row can name; {@code costs} price its strategies. */
    public SummaryAssembler(Collection<PolicyInfo> policies, CycleCosts costs) {
        this.costs = costs;
        this.policies = policies.stream().collect(Collectors.toMap(PolicyInfo::id, Function.identity()));
    }

    /**
     * The document of these rows, which are all final rows of one run in any order; the {@code complete} row may be among
     * them.
     *
     * @throws IllegalArgumentException the rows are not those of one run, or not all, or name a policy nobody knows
     */
    public SummaryDocument assemble(Collection<SummaryRow> rows) {
        RunRows run = new RunRows(rows);
        Set<String> recorded = RunReading.familiesRecorded(run);
        TimeSplit.Recorded split = new TimeSplit.Recorded(
                recorded.contains(EventFamily.USERSPACE.title()), recorded.contains(EventFamily.SCHED.title()));
        return new SummaryDocument(
                RunReading.description(run),
                sorted(run.exits(), row -> exit(row, split), ExitCost.ORDER),
                sorted(run.accesses(), SummaryAssembler::access, AccessCost.ORDER),
                sorted(run.nested(), NestedCost::of, NestedCost.ORDER),
                HotPlaces.of(run.hotSpots()),
                XfdCost.of(run.streams(), costs),
                sorted(
                        run.verdicts(),
                        row -> verdict(row, recorded),
                        Comparator.comparing(PolicyVerdict::policy, PolicyInfo.ORDER)),
                sorted(run.findings(), this::finding, Finding.ORDER),
                WhatIf.of(run.armed(), run.whatIf(), costs),
                RunReading.audit(run));
    }

    private static <R, T> List<T> sorted(List<R> rows, Function<R, T> reading, Comparator<T> order) {
        return rows.stream().map(reading).sorted(order).toList();
    }

    private static ExitCost exit(ExitCostRow row, TimeSplit.Recorded recorded) {
        return new ExitCost(
                row.getVm(),
                row.getVcpu(),
                row.getLevel(),
                RunReading.isa(row.getIsa()),
                ExitReasons.name(row.getIsa(), row.getReason()),
                row.getDetail(),
                ExitTimes.of(row.getTime()),
                new Percentiles(row.getTime()),
                TimeSplit.of(row, recorded),
                row.getOpen(),
                row.getSyncs());
    }

    private static AccessCost access(AccessCostRow row) {
        return new AccessCost(
                row.getVm(),
                row.getVcpu(),
                row.getView(),
                row.getAccess(),
                ExitTimes.of(row.getTime()),
                new Percentiles(row.getTime()));
    }

    private PolicyVerdict verdict(PolicyVerdictRow row, Set<String> recorded) {
        PolicyInfo policy = policy(row.getPolicy());
        Verdict verdict = Verdict.of(row);
        List<String> missing = verdict == Verdict.NOT_APPLICABLE && policy.onThisIsa()
                ? policy.needs().stream()
                        .filter(need -> !recorded.contains(need))
                        .toList()
                : List.of();
        String recipe = missing.isEmpty() ? null : Recipe.of(missing, policy.needs());
        return new PolicyVerdict(
                policy,
                verdict,
                row.getChecked(),
                row.getUndecided(),
                row.getViolations(),
                missing,
                recipe,
                row.getDecidedBy() == null ? null : KernelRange.parse(row.getDecidedBy()));
    }

    private Finding finding(FindingRow row) {
        return new Finding(
                row.getId(),
                policy(row.getPolicy()),
                row.getSeverity(),
                row.getVm(),
                row.getVcpu(),
                row.getLevel(),
                row.getSeq(),
                row.getTime(),
                row.getSource(),
                row.getRepeats(),
                row.getFirstSeq(),
                row.getLastSeq(),
                row.getExpected(),
                row.getObserved(),
                row.getRule(),
                row.getEvidence().stream()
                        .map(line -> new Evidence(line.getSeq(), line.getTime(), line.getSource(), line.getText()))
                        .toList(),
                new TreeMap<>(row.getStateBefore()),
                new TreeMap<>(row.getStateAfter()));
    }

    private PolicyInfo policy(String id) {
        PolicyInfo policy = policies.get(id);
        if (policy == null) {
            throw new IllegalArgumentException("a row names policy " + id + ", which this version does not know");
        }
        return policy;
    }
}
