package io.trapline.app.report;

import java.math.BigInteger;
import java.math.RoundingMode;

/** The exits that took too long, for people: the longest, each with its exit and its entry. */
final class OutlierText {
    private static final int SHOWN_MAX = 20;

    private final RunDescription run;
    private final Outliers outliers;
    private final Ink ink;

    OutlierText(RunReport report, Ink ink) {
        run = report.document().run();
        outliers = report.outliers();
        this.ink = ink;
    }

    void append(StringBuilder out) {
        if (outliers == null) {
            return;
        }
        out.append('\n').append(ink.heading("Outliers")).append("  ").append(counted(outliers));
        int shown = Math.min(SHOWN_MAX, outliers.longest().size());
        out.append(outliers.count() > shown ? "; the longest " + shown : "").append('\n');
        outliers.longest().stream().limit(SHOWN_MAX).forEach(outlier -> append(outlier, out));
    }

    /** {@code 3 exits took longer than 500 us, halts left out}. */
    static String counted(Outliers outliers) {
        BigInteger threshold =
                outliers.thresholdNs().setScale(0, RoundingMode.HALF_UP).toBigIntegerExact();
        return HumanFigures.counted(outliers.count(), "exit") + " took longer than " + HumanFigures.duration(threshold)
                + ", halts left out";
    }

    private void append(Outlier outlier, StringBuilder out) {
        String duration = HumanFigures.duration(run.clock().nanos(outlier.duration()));
        String name = outlier.reason() + (outlier.detail().isEmpty() ? "" : " " + outlier.detail());
        out.append("  ").append(ink.warning(duration)).append("  ").append(Lines.safe(name));
        out.append(Lines.safe("  " + run.place(outlier.exit().position()) + ", VM " + outlier.vm() + " vCPU "
                        + outlier.vcpu() + " " + outlier.level()))
                .append('\n');
        int width = Long.toString(outlier.entry().position()).length();
        appendRecord(outlier.exit(), width, out);
        int between = outlier.records().size() - 2;
        if (between > 0) {
            out.append("      ")
                    .append(" ".repeat(width))
                    .append("  ")
                    .append(ink.faint(between(outlier)))
                    .append('\n');
        }
        appendRecord(outlier.entry(), width, out);
    }

    /** Numbers of events count all of them, also those that are not kept. */
    private static String between(Outlier outlier) {
        long events = outlier.entry().seq() - outlier.exit().seq() - 1;
        return "... " + HumanFigures.counted(events, "event") + " ...";
    }

    /** Lines are not cut or wrapped: people search for them in the file. */
    private void appendRecord(Evidence record, int width, StringBuilder out) {
        String position = Long.toString(record.position());
        out.append("      ")
                .append(" ".repeat(Math.max(0, width - position.length())))
                .append(position);
        out.append("  ").append(run.clock().moment(record.time())).append(": ");
        out.append(Lines.safe(record.text())).append('\n');
    }
}
