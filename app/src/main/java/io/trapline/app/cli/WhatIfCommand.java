package io.trapline.app.cli;

import io.trapline.app.report.CycleCosts;
import io.trapline.app.report.SummaryDocument;
import io.trapline.app.report.WhatIf;
import io.trapline.app.report.WhatIfReport;
import io.trapline.app.run.PricedRun;
import io.trapline.app.run.RunDocument;
import io.trapline.app.run.RunEvents;
import io.trapline.producer.source.UnreadableInput;
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
import picocli.CommandLine.Spec;

/** {@code trapline what-if}: the strategies side by side. */
@Command(
        name = "what-if",
        description = "Prices a recording, or a run of the log, under other variants of KVM's decisions about IA32_XFD"
                + " and #NM.",
        footer = {
            "",
            "A strategy is one choice per axis: S when an exit reads IA32_XFD back, T when #NM is trapped, I when writes",
            "of IA32_XFD exit. S1/T1/I1 is what the kernel does since 5.17. What a recording cannot show is bounded, and",
            "why; a strategy that loses guest state ends with the first loss."
        },
        mixinStandardHelpOptions = true)
final class WhatIfCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RunInput input;

    @Mixin
    private StrategyOptions options;

    @Mixin
    private CostsOption costsOption;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "For people, or trapline.what-if/1 for programs. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format;

    @Override
    public Integer call() {
        List<Strategy> strategies = options.strategies();
        CycleCosts costs = costsOption.costs();
        List<SummaryRow> rows = input.use(WhatIfCommand::fold);
        SummaryDocument document = RunDocument.of(rows);
        WhatIf whatIf = PricedRun.of(rows, strategies, costs);
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> out.print(WhatIfReport.text(document, whatIf, System.console() != null));
            case JSON -> out.print(WhatIfReport.json(document, whatIf));
        }
        out.flush();
        return ExitCode.FINE;
    }

    private static List<SummaryRow> fold(RunEvents events) throws UnreadableInput {
        Analysis fold = new Analysis(AnalysisInputs.named(Analysis.LIVE));
        return fold.finish(events.read(fold::accept));
    }
}
