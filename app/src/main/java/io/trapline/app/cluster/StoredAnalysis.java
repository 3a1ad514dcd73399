package io.trapline.app.cluster;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.totals.Analysis;
import io.trapline.streams.totals.AnalysisInputs;
import java.util.List;

/** Driver 3 of the core: a run of the log again from its offsets, in another way. No topology hears of it. */
public final class StoredAnalysis {
    private final BrokerHandle cluster;
    private final AnalysisInputs inputs;

    public StoredAnalysis(BrokerHandle cluster, AnalysisInputs inputs) {
        this.cluster = cluster;
        this.inputs = inputs;
    }

    /**
     * The rows of a finished run's summary.
     *
     * @throws IncompleteRun something of the run is missing in the log
     */
    public List<SummaryRow> of(Run run) throws IncompleteRun {
        Analysis fold = new Analysis(inputs);
        new StoredRun(cluster, run).read(fold::accept);
        return fold.finish(run);
    }
}
