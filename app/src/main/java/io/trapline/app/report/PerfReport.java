package io.trapline.app.report;

import io.trapline.streams.profile.Span;
import java.math.BigInteger;
import java.util.List;

/**
 * The table that {@code perf kvm stat report} prints of the same trace, column for column and blank for blank, so that
 * the two can be compared by {@code diff}. All levels and vCPUs of the document together, most frequent first.
 */
public final class PerfReport {
    private static final int NAME_WIDTH = 20;
    private static final int SAMPLES_WIDTH = 10;
    private static final int SHARE_WIDTH = 8;
    private static final int MIN_MAX_WIDTH = 9;
    private static final int ERROR_WIDTH = 7;

    private PerfReport() {}

    /** The table of this view; with {@code explain}, what perf counts otherwise follows it. */
    public static String write(SummaryDocument document, PerfView view, boolean explain) {
        ExitListing mostFrequentFirst = new ExitListing(ExitOrder.SAMPLES, Integer.MAX_VALUE);
        return write(RunReport.of(document, ReportScope.WHOLE, mostFrequentFirst, null, null), view, explain);
    }

    /** The same of a part of a run; the totals below are those of all rows, also where only the first are shown. */
    public static String write(RunReport report, PerfView view, boolean explain) {
        SummaryDocument document = report.document();
        RunClock clock = document.run().clock();
        List<PerfRow> rows = PerfRow.of(document, view);
        StringBuilder out = new StringBuilder("\n\nAnalyze events for " + whose(report.scope()) + ":\n\n");
        appendHead(view.column(), out);
        ExitTimes all = rows.stream().map(PerfRow::time).reduce(ExitTimes.NONE, ExitTimes::plus);
        rows.stream()
                .sorted(report.listing().order().ofPerfRows(clock))
                .limit(report.listing().top())
                .forEach(row -> appendRow(row, all, clock, out));
        out.append("\nTotal Samples:").append(all.samples());
        out.append(", Total events handled time:")
                .append(time(clock, all.sum(), 1, 0))
                .append(".\n\n");
        if (explain) {
            appendDifferences(PerfDifferences.of(document, view), out);
        }
        return out.toString();
    }

    /** perf knows no other part of a run than one vCPU. */
    private static String whose(ReportScope scope) {
        if (scope.isWhole()) {
            return "all VMs, all VCPUs";
        }
        boolean oneVcpu = scope.equals(ReportScope.of(List.of(), scope.vcpus(), List.of(), List.of(), Span.WHOLE))
                && scope.vcpus().size() == 1;
        return oneVcpu ? "all VMs, VCPU " + scope.vcpus().first() : String.join("; ", scope.words());
    }

    private static void appendDifferences(List<String> differences, StringBuilder out) {
        out.append(
                differences.isEmpty()
                        ? "perf kvm stat report prints the same of this trace.\n"
                        : "To compare with perf kvm stat report:\n");
        differences.forEach(line -> out.append(Lines.wrapped("  - ", line)));
    }

    private static void appendHead(String column, StringBuilder out) {
        out.append(right(column, NAME_WIDTH)).append(' ');
        out.append("   Samples  Samples%     Time%    Min Time    Max Time         Avg time \n\n");
    }

    private static void appendRow(PerfRow row, ExitTimes all, RunClock clock, StringBuilder out) {
        ExitTimes time = row.time();
        out.append(right(Lines.safe(row.name()), NAME_WIDTH)).append(' ');
        out.append(right(Long.toString(time.samples()), SAMPLES_WIDTH)).append(' ');
        out.append(share((double) time.samples(), (double) all.samples())).append(' ');
        out.append(share(time.sum().doubleValue(), all.sum().doubleValue())).append(' ');
        out.append(time(clock, BigInteger.valueOf(time.min()), 1, MIN_MAX_WIDTH))
                .append(' ');
        out.append(time(clock, BigInteger.valueOf(time.max()), 1, MIN_MAX_WIDTH))
                .append(' ');
        out.append(time(clock, time.sum(), time.samples(), MIN_MAX_WIDTH));
        String error = PrintedDouble.twoDecimals(time.relativeError() * 100);
        out.append(" ( +-").append(right(error, ERROR_WIDTH)).append("% )\n");
    }

    /** As C divides: of no time at all, it prints that this is no number. */
    private static String share(double part, double whole) {
        return right(PrintedDouble.twoDecimals(part / whole * 100), SHARE_WIDTH) + "%";
    }

    /** {@code 12.34us}; where the clock measures no time, no figure. */
    private static String time(RunClock clock, BigInteger units, long divisor, int width) {
        String figure = clock.measuresNanos() ? PrintedDouble.twoDecimals(clock.micros(units, divisor)) : "-";
        return right(figure, width) + "us";
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
