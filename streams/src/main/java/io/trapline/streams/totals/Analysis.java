package io.trapline.streams.totals;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.fold.ExitWatcher;
import io.trapline.streams.fold.RowSink;
import io.trapline.streams.fold.StreamFold;
import io.trapline.streams.profile.AnalysisInputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The plain loop over one run: chunks of all its streams in, the run's summary out. What the topology does with a broker,
 * without one. Serves one run and one thread.
 */
public final class Analysis {
    /** The way of folding that is meant where nobody names one. */
    public static final String LIVE = "live";

    private final AnalysisInputs inputs;
    private final ExitWatcher watcher;
    private final Map<StreamKey, StreamFold> folds = new HashMap<>();
    private final RunTotals totals;
    private final RowSink rows;
    private final List<SummaryRow> summary = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();

    /** The analysis of this name, about which the user says nothing. */
    public Analysis(String analysis) {
        this(AnalysisInputs.named(analysis));
    }

    public Analysis(AnalysisInputs inputs) {
        this(inputs, ExitWatcher.NONE);
    }

    /** The same, which tells the watcher of every exit, stream by stream in the order of their chunks. */
    public Analysis(AnalysisInputs inputs, ExitWatcher watcher) {
        this.inputs = inputs;
        this.watcher = watcher;
        totals = new RunTotals(inputs, new InMemoryRowStore());
        rows = new RowCarrier(row -> totals.accept(row, this::keep));
    }

    private void keep(String key, SummaryRow row) {
        keys.add(key);
        summary.add(row);
    }

    /** Keys of the rows that {@link #finish} returned, in their order. */
    public List<String> keys() {
        return keys;
    }

    private StreamFold foldOf(StreamKey stream) {
        return new StreamFold(inputs, stream, watcher);
    }

    /** Folds a chunk. The columns are the caller's again afterwards. */
    public StreamFold.Folded accept(EventColumns chunk) {
        return folds.computeIfAbsent(chunk.stream(), this::foldOf).fold(chunk, rows);
    }

    /**
     * Ends all streams where the finished run says they end and returns the rows of its summary in the order of their
     * keys; the last one says how many the others are.
     *
     * @throws IllegalStateException the run lists streams otherwise than they came
     */
    public List<SummaryRow> finish(Run run) {
        for (RunStream stream : run.getStreams()) {
            StreamKey key = new StreamKey(run.getRun(), stream.getVm(), stream.getVcpu());
            StreamFold fold = folds.computeIfAbsent(key, this::foldOf);
            if (run.getStatus() == RunStatus.ABORTED) {
                // Its writer died: the stream ends where the log ends.
                fold.endNow(rows);
            }
            fold.endAt(stream.getLastSeq(), rows);
            if (!fold.ended()) {
                throw new IllegalStateException("stream " + key.encode() + " should end with event "
                        + stream.getLastSeq() + ", but stands at " + fold.nextSeq());
            }
        }
        folds.forEach((key, fold) -> {
            if (!fold.ended()) {
                throw new IllegalStateException("the run does not list its stream " + key.encode());
            }
        });
        SummaryRow description = RowCarrier.of(inputs.analysis(), run.getRun());
        description.setDescription(run);
        totals.accept(description, this::keep);
        if (summary.isEmpty()) {
            throw new IllegalStateException("run " + run.getRun() + " is " + run.getStatus() + ", not finished");
        }
        return summary;
    }
}
