package io.trapline.app.cli;

import io.trapline.app.report.CycleCosts;
import io.trapline.app.report.JsonReport;
import io.trapline.app.report.PerfReport;
import io.trapline.app.report.PerfView;
import io.trapline.app.report.SummaryDocument;
import io.trapline.app.report.TextReport;
import io.trapline.app.run.RunDocument;
import io.trapline.schemas.avro.SummaryRow;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** How a report is written and when it fails the command: a mixin. */
public final class ReportOptions {
    @Option(
            names = "--format",
            paramLabel = "text|perf|json",
            defaultValue = "text",
            description =
                    "For people, perf kvm stat's table, or trapline.summary/1 for programs. Default: ${DEFAULT-VALUE}.")
    private ReportFormat format;

    @Option(
            names = "--event",
            paramLabel = "vmexit|mmio|ioport|msr",
            defaultValue = "vmexit",
            description = "What perf's table shows: exits, or accesses. Default: ${DEFAULT-VALUE}.")
    private PerfView event;

    @Option(
            names = "--explain",
            description = "Say under perf's table where perf kvm stat itself counts otherwise, and why.")
    private boolean explain;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "security",
            description = "Exit with 1 on findings of this severity or worse: lost, wrong, security, trace, none."
                    + " Default: ${DEFAULT-VALUE}.")
    private FailOn failOn;

    /** Writes the report of a run and returns the exit code it asks for. */
    int report(List<SummaryRow> rows, CycleCosts costs, PrintWriter out) {
        SummaryDocument document = RunDocument.of(rows, costs);
        switch (format) {
            case TEXT -> out.print(TextReport.write(document, System.console() != null));
            case PERF -> out.print(PerfReport.write(document, event, explain));
            case JSON -> out.print(JsonReport.write(document));
        }
        out.flush();
        return failOn.exitCodeOf(document);
    }
}
