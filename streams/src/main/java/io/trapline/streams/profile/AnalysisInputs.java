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
 */
public record AnalysisInputs(String analysis, KernelRange profile, MsrFilter msrFilter) {
    /** {@link Run#getProfileFrom} of a run whose profile the user gave. */
    public static final String FROM_USER = "--profile";

    public AnalysisInputs {
        Objects.requireNonNull(analysis, "an analysis without a name");
    }

    /** An analysis about which the user says nothing. */
    public static AnalysisInputs named(String analysis) {
        return new AnalysisInputs(analysis, null, null);
    }

    public AnalysisInputs withProfile(KernelRange kernels) {
        return new AnalysisInputs(analysis, kernels, msrFilter);
    }

    public AnalysisInputs withMsrFilter(MsrFilter filter) {
        return new AnalysisInputs(analysis, profile, filter);
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
