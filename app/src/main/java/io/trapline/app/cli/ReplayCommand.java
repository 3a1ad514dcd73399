package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.IncompleteRun;
import io.trapline.app.cluster.StoredAnalysis;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.report.CycleCosts;
import io.trapline.app.report.SummaryDifferences;
import io.trapline.app.report.SummaryDocument;
import io.trapline.app.report.WhatIfReport;
import io.trapline.app.run.PricedRun;
import io.trapline.app.run.RunDocument;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.totals.Analysis;
import io.trapline.streams.whatif.Strategy;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapline replay}: a run of the log again, in another way. */
@Command(
        name = "replay",
        description = "Folds a run of the log again from its offsets, under other kernels or strategies, stores the"
                + " result as another analysis and prints what differs.",
        footer = {
            "",
            "A running topology is not disturbed. 'trapline runs show RUN --analysis ID' shows the result in full,",
            "and so does --format, instead of what differs. The options of reports need it."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private AnalysisInputOptions inputOptions;

    @Mixin
    private StrategyOptions options;

    @Mixin
    private CostsOption costsOption;

    @Mixin
    private ReportOptions report;

    @Option(
            names = "--analysis",
            paramLabel = "ID",
            defaultValue = "replay",
            description = "Name of this way of folding the log. Default: ${DEFAULT-VALUE}.")
    private String analysis;

    @Parameters(paramLabel = "RUN", description = "Its id; 'trapline runs list' shows them.")
    private String id;

    @Override
    public Integer call() {
        if (analysis.equals(Analysis.LIVE)) {
            throw new ParameterException(
                    spec.commandLine(), "--analysis: " + Analysis.LIVE + " is the running topology's own.");
        }
        List<Strategy> strategies = options.strategies();
        CycleCosts costs = costsOption.costs();
        boolean asked = report.asked();
        try (BrokerHandle broker = cluster.open()) {
            new TopicSetup(broker).createMissing();
            Run run = FinishedRun.of(broker, id);
            SummaryDocument before =
                    RunDocument.of(new StoredAnalysis(broker, AnalysisInputs.named(Analysis.LIVE)).of(run));
            AnalysisInputs inputs = inputOptions.of(analysis);
            List<SummaryRow> rows = new StoredAnalysis(broker, inputs).store(run);
            if (asked) {
                return new StoredReport(broker, id)
                        .print(rows, report, costs, spec.commandLine().getOut());
            }
            print(before, rows, strategies, costs);
            return ExitCode.FINE;
        } catch (IncompleteRun e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage(), e);
        }
    }

    private void print(SummaryDocument before, List<SummaryRow> rows, List<Strategy> strategies, CycleCosts costs) {
        PrintWriter out = spec.commandLine().getOut();
        SummaryDocument after = RunDocument.of(rows);
        List<String> differences = SummaryDifferences.between(before, after);
        out.println(id + ", analysis " + analysis + ": "
                + (differences.isEmpty()
                        ? "says what " + Analysis.LIVE + " says."
                        : "differs from " + Analysis.LIVE + ":"));
        differences.forEach(line -> out.println("  " + line));
        if (!strategies.isEmpty()) {
            out.print(WhatIfReport.text(after, PricedRun.of(rows, strategies, costs), System.console() != null));
        }
        out.flush();
    }
}
