package io.trapline.streams.topology;

import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.totals.RunTotals;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Loads the rows of a run, merges one more, stores it, and forwards the summary when the run is final. */
final class RunTotalsProcessor extends ContextualProcessor<String, SummaryRow, String, SummaryRow> {
    static final String STORE = "run-totals";

    private final AnalysisInputs inputs;
    private RunTotals totals;

    RunTotalsProcessor(AnalysisInputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public void init(ProcessorContext<String, SummaryRow> context) {
        super.init(context);
        KeyValueStore<String, SummaryRow> rows = context.getStateStore(STORE);
        totals = new RunTotals(inputs, new KafkaRowStore(rows));
    }

    @Override
    public void process(Record<String, SummaryRow> record) {
        totals.accept(
                record.value(),
                (key, row) -> context()
                        .forward(record.withKey(RowKeys.ofSummary(key, inputs.analysis()))
                                .withValue(row)));
    }
}
