package io.trapline.streams.whatif;

import io.trapline.schemas.avro.WhatIfLoss;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.avro.WhatIfTallyRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What strategies come to for a whole run: all of it, level by level, and VM by VM. */
public final class RunWhatIf {
    /** Rows that are summed over all vCPUs have this one. */
    public static final int NO_VCPU = -1;

    private final List<WhatIfTallyRow> tallies;
    private final Recorded.Run recorded;

    /** A sum over vCPUs, and the first loss among them. */
    private static final class Sum {
        private Prediction prediction = Prediction.NONE;
        private WhatIfLoss loss;

        void add(Prediction more, WhatIfLoss other) {
            prediction = prediction.plus(more);
            if (other != null && (loss == null || Outcome.FIRST.compare(other, loss) < 0)) {
                loss = other;
            }
        }
    }

    /** Whose sum it is; empty where it is summed over. */
    private record Scope(String vm, String level) implements Comparable<Scope> {
        @Override
        public int compareTo(Scope other) {
            int byVm = vm.compareTo(other.vm);
            return byVm != 0 ? byVm : level.compareTo(other.level);
        }
    }

    /** The tallies of a run, of whose streams this is known. */
    public RunWhatIf(Collection<WhatIfTallyRow> tallies, long families, long disproved, boolean lossy) {
        this.tallies = List.copyOf(tallies);
        boolean armed = tallies.stream().anyMatch(WhatIfTallyRow::getArmed);
        recorded = new Recorded.Run(families, disproved, armed, lossy);
    }

    /** Its rows under one strategy: the run first, then its levels, then its VMs. */
    public List<WhatIfRow> rows(String analysis, String run, Strategy strategy) {
        Map<Scope, Sum> sums = new TreeMap<>();
        sums.put(new Scope("", ""), new Sum());
        for (WhatIfTallyRow tally : tallies) {
            Outcome outcome = Outcome.of(strategy, tally, Recorded.of(tally, recorded, isAlone(tally)));
            add(sums, new Scope("", ""), outcome.total(), outcome.loss());
            add(sums, new Scope(tally.getVm(), ""), outcome.total(), outcome.loss());
            outcome.byLevel().forEach((level, prediction) -> {
                boolean ofLevel =
                        outcome.loss() != null && outcome.loss().getLevel().equals(level);
                add(sums, new Scope("", level), prediction, ofLevel ? outcome.loss() : null);
            });
        }
        List<WhatIfRow> rows = new ArrayList<>();
        sums.forEach((scope, sum) -> {
            WhatIfRow row = WhatIfRows.of(strategy, sum.prediction, sum.loss);
            row.setAnalysis(analysis);
            row.setRun(run);
            row.setVm(scope.vm);
            row.setVcpu(NO_VCPU);
            row.setLevel(scope.level);
            rows.add(row);
        });
        return rows;
    }

    private boolean isAlone(WhatIfTallyRow tally) {
        return tallies.stream()
                .noneMatch(other -> other.getVm().equals(tally.getVm()) && other.getVcpu() != tally.getVcpu());
    }

    private static void add(Map<Scope, Sum> sums, Scope scope, Prediction prediction, WhatIfLoss loss) {
        sums.computeIfAbsent(scope, key -> new Sum()).add(prediction, loss);
    }
}
