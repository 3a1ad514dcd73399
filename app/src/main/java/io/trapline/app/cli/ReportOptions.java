package io.trapline.app.cli;

import io.trapline.app.report.CsvReport;
import io.trapline.app.report.CycleCosts;
import io.trapline.app.report.ExitListing;
import io.trapline.app.report.ExitOrder;
import io.trapline.app.report.HtmlReport;
import io.trapline.app.report.JsonReport;
import io.trapline.app.report.JunitReport;
import io.trapline.app.report.PerfReport;
import io.trapline.app.report.PerfView;
import io.trapline.app.report.ReportScope;
import io.trapline.app.report.RunReport;
import io.trapline.app.report.SummaryDocument;
import io.trapline.app.report.TextReport;
import io.trapline.app.run.RunDocument;
import io.trapline.app.watch.WatchedExits;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.profile.Span;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What of a run is reported, how it is written, and when it fails the command: a mixin. */
public final class ReportOptions {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            description = {
                "text   for people. The default.",
                "perf   the table of perf kvm stat report, for one --event.",
                "json   trapline.summary/1: all of it, for programs.",
                "csv    the exits alone, a row for each vCPU, level, reason and detail; with --duration the outliers.",
                "html   one page for a browser, with charts; it loads nothing from anywhere.",
                "junit  the verdicts alone, for CI: a policy that fails the command is a test that fails."
            })
    private ReportFormat format;

    @Option(
            names = "--event",
            paramLabel = "vmexit|mmio|ioport|msr",
            description = "What perf's table shows: exits, or accesses. Default: vmexit.")
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

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            description = "Of tables of exits: time, samples, max, mean, p99 or name. Default: time; of perf's table,"
                    + " samples.")
    private ExitOrder order;

    @Option(names = "--top", paramLabel = "N", description = "Only the first N rows of tables of exits.")
    private Integer top;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Show the exits that took longer, one by one, with their records: 500us, 2ms, 100000ns; a bare"
                            + " number is microseconds. Halts are left out, as perf does.")
    private BigDecimal threshold;

    @Mixin
    private ScopeOptions scopeOptions;

    @Mixin
    private SymbolsOption symbols;

    private ReportScope scope;
    private WatchedExits watched;

    /** Whether a report was asked for, where there is none otherwise. */
    boolean asked() {
        boolean told = order != null || top != null || threshold != null || !scope().isWhole();
        if (format == null && told) {
            throw usage("--sort, --top, --duration and filters are of a report: ask for one with --format.");
        }
        return format != null;
    }

    /** The analysis with only those exits counted that the report is about. */
    AnalysisInputs narrowed(AnalysisInputs inputs) {
        return inputs.withSpan(span());
    }

    private Span span() {
        return scope().span();
    }

    private ReportScope scope() {
        if (scope == null) {
            checkForm();
            scope = scopeOptions.scope();
        }
        return scope;
    }

    /** An option that would do nothing is a misunderstanding. */
    private void checkForm() {
        boolean ofPerf = event != null || explain;
        boolean ofTables = order != null || top != null;
        if (ofPerf && form() != ReportFormat.PERF) {
            throw usage("--event and --explain are of perf's table: ask for it with --format perf.");
        }
        switch (form()) {
            case PERF, JUNIT -> refuse(threshold != null, "--duration");
            case TEXT, JSON, CSV, HTML -> {}
        }
        switch (form()) {
            case JSON, JUNIT -> refuse(ofTables, "--sort and --top");
            case TEXT, PERF, CSV, HTML -> {}
        }
    }

    private void refuse(boolean given, String options) {
        if (given) {
            String name = form().name().toLowerCase(Locale.ROOT);
            throw usage(options + " would change nothing in --format " + name + ".");
        }
    }

    private PerfView view() {
        return event == null ? PerfView.VMEXIT : event;
    }

    /** What the fold has to tell of its exits; one for each command. */
    WatchedExits watched() {
        if (watched == null) {
            watched = new WatchedExits(scope(), threshold, format == ReportFormat.HTML);
        }
        return watched;
    }

    /** Whether the final rows of a run do not hold all that is asked for. */
    boolean wantsEvents() {
        return watched().wantsAnything() || !span().isWhole();
    }

    /** Writes the report of a run and returns the exit code it asks for. */
    int report(List<SummaryRow> rows, CycleCosts costs, PrintWriter out) {
        SummaryDocument whole = symbols.named(RunDocument.of(rows, costs));
        check(whole);
        RunReport report = RunReport.of(
                whole, scope(), listing(), watched().outliers(), watched().series());
        switch (form()) {
            case TEXT -> out.print(TextReport.write(report, System.console() != null));
            case PERF -> out.print(PerfReport.write(report, view(), explain));
            case JSON -> out.print(JsonReport.write(report));
            case CSV -> out.print(CsvReport.write(report));
            case HTML -> out.print(HtmlReport.write(report));
            case JUNIT -> out.print(JunitReport.write(report, failOn::fails));
        }
        out.flush();
        return failOn.exitCodeOf(report.document());
    }

    private ExitListing listing() {
        if (top != null && top < 1) {
            throw usage("--top " + top + ": a table has at least one row.");
        }
        ExitOrder usual = form() == ReportFormat.PERF ? ExitOrder.SAMPLES : ExitOrder.TIME;
        return new ExitListing(order == null ? usual : order, top == null ? Integer.MAX_VALUE : top);
    }

    private ReportFormat form() {
        return format == null ? ReportFormat.TEXT : format;
    }

    /** Only the run itself says whether it has what the command line names. */
    private void check(SummaryDocument whole) {
        boolean timed = whole.run().clock().measuresNanos();
        if (span().namesTime() && !timed) {
            throw usage("The clock of this run does not measure seconds: name a line (--from :296) or an event"
                    + " (--from 123).");
        }
        if (threshold != null && !timed) {
            throw usage("The clock of this run does not measure time, so no exit is longer than --duration.");
        }
        if (form() == ReportFormat.PERF && view() != PerfView.VMEXIT && scope().isOfExits()) {
            throw usage("--event " + event + " is of accesses, of which nobody counts the --level or --reason.");
        }
        String unknown = scope().unknownName(whole);
        if (unknown != null) {
            throw usage(unknown);
        }
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
