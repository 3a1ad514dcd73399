package io.trapline.streams.profile;

/**
 * What the user tells of a run that no trace shows. It is part of the way of folding: folding the same log with other inputs
 * is another analysis.
 *
 * @param msrFilter null where nobody says
 */
public record AnalysisInputs(MsrFilter msrFilter) {
    /** Nothing is told. */
    public static final AnalysisInputs NONE = new AnalysisInputs(null);
}
