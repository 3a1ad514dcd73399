package io.trapline.streams.totals;

import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.SummaryComplete;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.cost.CostStats;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The second stage: gathers the rows of all streams of a run and, when its description is final and every stream it
 * lists has ended, says what the whole run amounts to. The order of rows of different streams means nothing. Once said, a
 * run keeps only a mark; rows of it that still come are left out.
 */
public final class RunTotals {
    /** Rows of a total belong to no window. */
    public static final long ALL_WINDOWS = -1;

    private final String analysis;
    private final RowStore store;

    public RunTotals(String analysis, RowStore store) {
        this.analysis = analysis;
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
        String run = row.getRun();
        if (store.get(SummaryKeys.complete(run)) != null) {
            return;
        }
        if (row.getExit() != null) {
            mergeExit(row.getExit());
        } else if (row.getVerdict() != null) {
            store.put(SummaryKeys.verdict(row.getVerdict()), row);
        } else if (row.getFinding() != null) {
            keepFinding(row);
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
        CostStats time = CostStats.of(window.getTime());
        long open = window.getOpen();
        if (known != null) {
            time.merge(known.getExit().getTime());
            open += known.getExit().getOpen();
        }
        ExitCostRow total = new ExitCostRow(
                analysis,
                window.getRun(),
                window.getVm(),
                window.getVcpu(),
                window.getLevel(),
                window.getIsa(),
                window.getReason(),
                window.getDetail(),
                ALL_WINDOWS,
                false,
                open,
                time.toRow());
        SummaryRow row = RowCarrier.of(analysis, window.getRun());
        row.setExit(total);
        store.put(key, row);
    }

    private void keepFinding(SummaryRow row) {
        String key = SummaryKeys.finding(row.getRun(), row.getFinding().getId());
        if (row.getFinding().getRepeats() == 0) {
            store.delete(key);
        } else {
            store.put(key, row);
        }
    }

    private void finishIfComplete(String run, SummarySink sink) {
        SummaryRow row = store.get(SummaryKeys.description(run));
        if (row != null && isFinal(row.getDescription()) && allEnded(row.getDescription())) {
            finish(row.getDescription(), sink);
        }
    }

    private static boolean isFinal(Run run) {
        return switch (run.getStatus()) {
            case COMPLETE, ABORTED -> true;
            case OPEN, UNKNOWN -> false;
        };
    }

    private boolean allEnded(Run run) {
        return run.getStreams().stream()
                .allMatch(stream ->
                        store.get(SummaryKeys.stream(run.getRun(), stream.getVm(), stream.getVcpu())) != null);
    }

    private void finish(Run run, SummarySink sink) {
        String id = run.getRun();
        List<StreamEndRow> streams = new ArrayList<>();
        store.scan(SummaryKeys.streams(id), (key, row) -> streams.add(row.getStreamEnd()));
        RunSummary summary = new RunSummary(analysis, id, new RunFacts(run, streams));
        store.scan(SummaryKeys.verdicts(id), (key, row) -> summary.add(row.getVerdict()));
        store.scan(SummaryKeys.finding(id, ""), (key, row) -> summary.add(row.getFinding()));
        long rows = emit(run, streams, summary, sink);
        List<String> keys = new ArrayList<>();
        store.scan(SummaryKeys.all(id), (key, row) -> keys.add(key));
        keys.forEach(store::delete);
        SummaryRow complete = RowCarrier.of(analysis, id);
        complete.setComplete(new SummaryComplete(rows));
        store.put(SummaryKeys.complete(id), complete);
        sink.row(SummaryKeys.complete(id), complete);
    }

    /** The rows but the last, in ascending order of their keys. */
    private long emit(Run run, List<StreamEndRow> streams, RunSummary summary, SummarySink sink) {
        String id = run.getRun();
        long[] exits = {0};
        store.scan(SummaryKeys.exits(id), (key, row) -> {
            sink.row(key, row);
            exits[0]++;
        });
        for (FindingRow finding : summary.findings()) {
            sink.row(SummaryKeys.finding(id, finding.getId()), row(id, row -> row.setFinding(finding)));
        }
        for (PolicyVerdictRow verdict : summary.verdicts()) {
            sink.row(SummaryKeys.policy(id, verdict.getPolicy()), row(id, row -> row.setVerdict(verdict)));
        }
        sink.row(SummaryKeys.description(id), row(id, row -> row.setDescription(run)));
        for (StreamEndRow stream : streams) {
            sink.row(
                    SummaryKeys.stream(id, stream.getVm(), stream.getVcpu()), row(id, row -> row.setStreamEnd(stream)));
        }
        int others = 1 + summary.findings().size() + summary.verdicts().size() + streams.size();
        return exits[0] + others;
    }

    private SummaryRow row(String run, Consumer<SummaryRow> content) {
        SummaryRow row = RowCarrier.of(analysis, run);
        content.accept(row);
        return row;
    }
}
