package io.trapline.streams.profile;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.kernel.KernelRange;
import java.util.Objects;

/**
 * One way of folding the log: its name, which every row carries, and what the user says besides the log. It belongs to no
 * run, so that a run that is stored can be judged in another way without being imported again.
 *
 * @param profile the kernels whose rules apply to every run; null: those that each run's record names
 * @param msrFilter the filter that the VMM gave KVM; null where nobody says
 * @param span whose exits count as costs; all events are folded and judged nevertheless
 */
public record AnalysisInputs(String analysis, KernelRange profile, MsrFilter msrFilter, Span span) {
    /** {@link Run#getProfileFrom} of a run whose profile the user gave. */
    public static final String FROM_USER = "--profile";

    public AnalysisInputs {
        Objects.requireNonNull(analysis, "an analysis without a name");
        Objects.requireNonNull(span, "an analysis of no part of a run");
    }

    /** An analysis about which the user says nothing. */
    public static AnalysisInputs named(String analysis) {
        return new AnalysisInputs(analysis, null, null, Span.WHOLE);
    }

    public AnalysisInputs withProfile(KernelRange kernels) {
        return new AnalysisInputs(analysis, kernels, msrFilter, span);
    }

    public AnalysisInputs withMsrFilter(MsrFilter filter) {
        return new AnalysisInputs(analysis, profile, filter, span);
    }

    public AnalysisInputs withSpan(Span counted) {
        return new AnalysisInputs(analysis, profile, msrFilter, counted);
    }

    /** The run as this analysis judges it. */
    public Run judged(Run run) {
        if (profile == null) {
            return run;
        }
        // Not by a builder: those copy deeply and slowly.
        Run judged = new Run();
        run.getSchema().getFields().forEach(field -> judged.put(field.pos(), run.get(field.pos())));
        judged.setKernelFrom(Objects.toString(profile.from(), null));
        judged.setKernelTo(Objects.toString(profile.to(), null));
        judged.setProfileFrom(FROM_USER);
        return judged;
    }
}
