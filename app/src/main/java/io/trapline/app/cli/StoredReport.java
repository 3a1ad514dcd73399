package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.IncompleteRun;
import io.trapline.app.cluster.StoredAnalysis;
import io.trapline.app.report.CycleCosts;
import io.trapline.app.run.CountedPart;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.profile.AnalysisInputs;
import java.io.PrintWriter;
import java.util.List;

/** The report of a run of the log. What its final rows do not hold, its events say: they are folded again. */
final class StoredReport {
    private final BrokerHandle broker;
    private final String run;

    StoredReport(BrokerHandle broker, String run) {
        this.broker = broker;
        this.run = run;
    }

    /** Writes it; the exit code. {@code rows} are the run's, of any analysis: what exits cost is the same in all. */
    int print(List<SummaryRow> rows, ReportOptions report, CycleCosts costs, PrintWriter out) {
        return report.report(report.wantsEvents() ? counted(rows, report) : rows, costs, out);
    }

    private List<SummaryRow> counted(List<SummaryRow> rows, ReportOptions report) {
        String analysis = rows.get(0).getAnalysis();
        AnalysisInputs inputs = report.narrowed(AnalysisInputs.named(analysis));
        try {
            StoredAnalysis fold = new StoredAnalysis(broker, inputs, report.watched());
            return CountedPart.of(rows, fold.of(FinishedRun.of(broker, run)));
        } catch (IncompleteRun e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage(), e);
        }
    }
}
