package io.trapline.streams.totals;

import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.LogPlace;
import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.SummaryComplete;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.avro.WhatIfTallyRow;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.policy.Policies;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.whatif.RunWhatIf;
import io.trapline.streams.whatif.Strategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The second stage: gathers the rows of all streams of a run and, when its description is final and every stream it
 * lists has ended, says what the whole run amounts to. The order of rows of different streams means nothing. Once said, a
 * run keeps only a mark; rows of it that still come are left out, until its streams are deleted.
 */
public final class RunTotals {
    /** Rows of a total belong to no window. */
    public static final long ALL_WINDOWS = -1;

    private final AnalysisInputs inputs;
    private final String analysis;
    private final RowStore store;

    public RunTotals(AnalysisInputs inputs, RowStore store) {
        this.inputs = inputs;
        analysis = inputs.analysis();
        this.store = store;
    }

    /**
     * Takes one row of any run; if it makes the run complete, the run's summary goes out: rows in ascending order of
     * their keys, last {@code complete} with the number of the others.
     */
    public void accept(SummaryRow row, SummarySink sink) {
        if (!row.getAnalysis().equals(analysis)) {
            throw new IllegalArgumentException("a row of analysis " + row.getAnalysis() + " for " + analysis);
        }
        if (row.getForgotten() != null) {
            forget(row, sink);
            return;
        }
        SummaryRow mark = store.get(SummaryKeys.complete(row.getRun()));
        if (mark == null) {
            keep(row, sink);
        } else if (row.getDescription() != null
                && !row.getDescription()
                        .getStartOffsets()
                        .equals(mark.getComplete().getStartOffsets())) {
            // The run was deleted and came again; that its streams were deleted will be heard later.
            store.put(SummaryKeys.description(row.getRun()), row);
        }
    }

    private void keep(SummaryRow row, SummarySink sink) {
        String run = row.getRun();
        if (row.getExit() != null) {
            mergeExit(row.getExit());
        } else if (row.getAccess() != null) {
            mergeAccess(row.getAccess());
        } else if (row.getNested() != null) {
            mergeNested(row.getNested());
        } else if (row.getHotSpots() != null) {
            store.put(SummaryKeys.hotSpots(row.getHotSpots()), row);
        } else if (row.getVerdict() != null) {
            store.put(SummaryKeys.verdict(streamOf(row), row.getVerdict().getPolicy()), row);
        } else if (row.getFinding() != null) {
            keepFinding(row);
        } else if (row.getWhatIfTally() != null) {
            store.put(SummaryKeys.whatIfTally(streamOf(row)), row);
        } else if (row.getStreamEnd() != null) {
            StreamEndRow end = row.getStreamEnd();
            store.put(SummaryKeys.stream(run, end.getVm(), end.getVcpu()), row);
            finishIfComplete(run, sink);
        } else if (row.getDescription() != null) {
            store.put(SummaryKeys.description(run), row);
            finishIfComplete(run, sink);
        }
    }

    private void mergeExit(ExitCostRow window) {
        if (window.getProvisional()) {
            return;
        }
        String key = SummaryKeys.exit(window);
        SummaryRow known = store.get(key);
        store.put(key, row(window.getRun(), row -> row.setExit(CostTotals.plus(exitOf(known), window))));
    }

    private static ExitCostRow exitOf(SummaryRow row) {
        return row == null ? null : row.getExit();
    }

    private void mergeNested(NestedCostRow window) {
        String key = SummaryKeys.nested(window);
        SummaryRow known = store.get(key);
        NestedCostRow before = known == null ? null : known.getNested();
        store.put(key, row(window.getRun(), row -> row.setNested(CostTotals.plus(before, window))));
    }

    private void mergeAccess(AccessCostRow window) {
        String key = SummaryKeys.access(window);
        SummaryRow known = store.get(key);
        AccessCostRow before = known == null ? null : known.getAccess();
        store.put(key, row(window.getRun(), row -> row.setAccess(CostTotals.plus(before, window))));
    }

    private void keepFinding(SummaryRow row) {
        String key = SummaryKeys.finding(row.getRun(), row.getFinding().getId());
        if (row.getFinding().getRepeats() == 0) {
            store.delete(key);
        } else {
            store.put(key, row);
        }
    }

    /** A stream was deleted: nothing that was said of it, or of the run it belonged to, holds any more. */
    private void forget(SummaryRow row, SummarySink sink) {
        String run = row.getRun();
        StreamKey stream = new StreamKey(
                run, row.getForgotten().getVm(), row.getForgotten().getVcpu());
        List<String> doomed = new ArrayList<>();
        store.scan(SummaryKeys.exits(stream), (key, each) -> doomed.add(key));
        store.scan(SummaryKeys.accesses(stream), (key, each) -> doomed.add(key));
        store.scan(SummaryKeys.nested(stream), (key, each) -> doomed.add(key));
        store.scan(SummaryKeys.hotSpots(stream), (key, each) -> doomed.add(key));
        Policies.ALL.forEach(policy -> doomed.add(SummaryKeys.verdict(stream, policy.id())));
        store.scan(SummaryKeys.finding(run, ""), (key, each) -> {
            if (stream.equals(streamOf(each))) {
                doomed.add(key);
            }
        });
        doomed.add(SummaryKeys.whatIfTally(stream));
        doomed.add(SummaryKeys.stream(run, stream.vm(), stream.vcpu()));
        doomed.forEach(store::delete);
        forgetRun(run, row.getPlace(), sink);
    }

    /** What is known of the run itself goes too, unless it is that of a run opened after the deletion. */
    private void forgetRun(String run, LogPlace deletion, SummarySink sink) {
        SummaryRow described = store.get(SummaryKeys.description(run));
        if (described != null && !new RunSpan(described.getDescription().getStartOffsets()).beginsBehind(deletion)) {
            store.delete(SummaryKeys.description(run));
        }
        SummaryRow mark = store.get(SummaryKeys.complete(run));
        if (mark != null && !new RunSpan(mark.getComplete().getStartOffsets()).beginsBehind(deletion)) {
            store.delete(SummaryKeys.complete(run));
            sink.row(SummaryKeys.complete(run), null);
        }
    }

    /** The stream that a stored row is of; null where it is the run's. */
    private static StreamKey streamOf(SummaryRow row) {
        String run = row.getRun();
        if (row.getExit() != null) {
            return new StreamKey(run, row.getExit().getVm(), row.getExit().getVcpu());
        } else if (row.getAccess() != null) {
            return new StreamKey(run, row.getAccess().getVm(), row.getAccess().getVcpu());
        } else if (row.getNested() != null) {
            return new StreamKey(run, row.getNested().getVm(), row.getNested().getVcpu());
        } else if (row.getHotSpots() != null) {
            return new StreamKey(
                    run, row.getHotSpots().getVm(), row.getHotSpots().getVcpu());
        } else if (row.getVerdict() != null) {
            return new StreamKey(run, row.getVerdict().getVm(), row.getVerdict().getVcpu());
        } else if (row.getFinding() != null) {
            return new StreamKey(run, row.getFinding().getVm(), row.getFinding().getVcpu());
        } else if (row.getWhatIfTally() != null) {
            return new StreamKey(
                    run, row.getWhatIfTally().getVm(), row.getWhatIfTally().getVcpu());
        } else if (row.getStreamEnd() != null) {
            return new StreamKey(
                    run, row.getStreamEnd().getVm(), row.getStreamEnd().getVcpu());
        }
        return null;
    }

    private void finishIfComplete(String run, SummarySink sink) {
        SummaryRow row = store.get(SummaryKeys.description(run));
        if (row != null && isFinal(row.getDescription()) && allEnded(row.getDescription())) {
            finish(inputs.judged(row.getDescription()), sink);
        }
    }

    private static boolean isFinal(Run run) {
        return switch (run.getStatus()) {
            case COMPLETE, ABORTED -> true;
            case OPEN, UNKNOWN -> false;
        };
    }

    private boolean allEnded(Run run) {
        RunSpan span = new RunSpan(run.getStartOffsets());
        return run.getStreams().stream().allMatch(stream -> {
            SummaryRow end = store.get(SummaryKeys.stream(run.getRun(), stream.getVm(), stream.getVcpu()));
            return end != null && span.holds(stream, end.getPlace());
        });
    }

    /** Rows of streams that the run does not list: an earlier run of this id, whose deletion is still on its way here. */
    private void dropUnlisted(Run run) {
        Set<StreamKey> listed = new HashSet<>();
        run.getStreams().forEach(stream -> listed.add(new StreamKey(run.getRun(), stream.getVm(), stream.getVcpu())));
        List<String> doomed = new ArrayList<>();
        store.scan(SummaryKeys.all(run.getRun()), (key, row) -> {
            StreamKey stream = streamOf(row);
            if (stream != null && !listed.contains(stream)) {
                doomed.add(key);
            }
        });
        doomed.forEach(store::delete);
    }

    private void finish(Run run, SummarySink sink) {
        dropUnlisted(run);
        String id = run.getRun();
        List<StreamEndRow> streams = new ArrayList<>();
        store.scan(SummaryKeys.streams(id), (key, row) -> streams.add(row.getStreamEnd()));
        RunFacts facts = new RunFacts(run, streams);
        RunSummary summary = new RunSummary(analysis, id, facts);
        store.scan(SummaryKeys.verdicts(id), (key, row) -> summary.add(row.getVerdict()));
        store.scan(SummaryKeys.finding(id, ""), (key, row) -> summary.add(row.getFinding()));
        long rows = emit(run, streams, summary, sink) + emitWhatIf(id, facts, sink);
        List<String> keys = new ArrayList<>();
        store.scan(SummaryKeys.all(id), (key, row) -> keys.add(key));
        keys.forEach(store::delete);
        SummaryRow complete = RowCarrier.of(analysis, id);
        complete.setComplete(new SummaryComplete(rows, run.getStartOffsets()));
        store.put(SummaryKeys.complete(id), complete);
        sink.row(SummaryKeys.complete(id), complete);
    }

    /** The rows but the last, in ascending order of their keys. */
    private long emit(Run run, List<StreamEndRow> streams, RunSummary summary, SummarySink sink) {
        String id = run.getRun();
        long costs = emitAll(SummaryKeys.accesses(id), sink) + emitAll(SummaryKeys.exits(id), sink);
        for (FindingRow finding : summary.findings()) {
            sink.row(SummaryKeys.finding(id, finding.getId()), row(id, row -> row.setFinding(finding)));
        }
        costs += emitAll(SummaryKeys.hotSpots(id), sink);
        costs += emitAll(SummaryKeys.nested(id), sink);
        for (PolicyVerdictRow verdict : summary.verdicts()) {
            sink.row(SummaryKeys.policy(id, verdict.getPolicy()), row(id, row -> row.setVerdict(verdict)));
        }
        sink.row(SummaryKeys.description(id), row(id, row -> row.setDescription(run)));
        for (StreamEndRow stream : streams) {
            sink.row(
                    SummaryKeys.stream(id, stream.getVm(), stream.getVcpu()), row(id, row -> row.setStreamEnd(stream)));
        }
        int others = 1 + summary.findings().size() + summary.verdicts().size() + streams.size();
        return costs + others;
    }

    /** The stored rows whose keys begin so, as they are; returns how many. */
    private long emitAll(String prefix, SummarySink sink) {
        long[] rows = {0};
        store.scan(prefix, (key, row) -> {
            sink.row(key, row);
            rows[0]++;
        });
        return rows[0];
    }

    /** The rows that follow: what the vCPUs did, and what each strategy comes to by that. */
    private long emitWhatIf(String run, RunFacts facts, SummarySink sink) {
        List<WhatIfTallyRow> tallies = new ArrayList<>();
        store.scan(SummaryKeys.whatIfTallies(run), (key, row) -> tallies.add(row.getWhatIfTally()));
        RunWhatIf whatIf = facts.whatIf(tallies);
        NavigableMap<String, WhatIfRow> rows = new TreeMap<>();
        for (Strategy strategy : Strategy.CATALOGUE) {
            whatIf.rows(analysis, run, strategy).forEach(row -> rows.put(SummaryKeys.whatIf(row), row));
        }
        store.scan(SummaryKeys.whatIfTallies(run), sink::row);
        rows.forEach((key, row) -> sink.row(key, row(run, each -> each.setWhatIf(row))));
        return (long) rows.size() + tallies.size();
    }

    private SummaryRow row(String run, Consumer<SummaryRow> content) {
        SummaryRow row = RowCarrier.of(analysis, run);
        content.accept(row);
        return row;
    }
}
