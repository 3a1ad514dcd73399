package io.trapline.app.report;

/**
 * What is reported of a run, in whatever form.
 *
 * @param document as much of it as the scope holds
 * @param outliers null where nobody asked for them
 * @param series null where the form shows none
 */
public record RunReport(
        SummaryDocument document, ReportScope scope, ExitListing listing, Outliers outliers, ExitSeries series) {
    /** All of a run, and nothing of its single exits. */
    public static RunReport whole(SummaryDocument document) {
        return new RunReport(document, ReportScope.WHOLE, ExitListing.ALL, null, null);
    }

    /** The part that the scope holds of a run's document. */
    public static RunReport of(
            SummaryDocument whole, ReportScope scope, ExitListing listing, Outliers outliers, ExitSeries series) {
        return new RunReport(scope.of(whole), scope, listing, outliers, series);
    }
}
