package io.trapline.streams.whatif;

import io.trapline.schemas.avro.WhatIfTallyRow;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.ExitReasons;

/**
 * What is known of a recording as a whole when a stream of it is priced.
 *
 * @param truth the stream has what a guest does without an exit
 * @param xfdReads a read of IA32_XFD that is not there was not done
 * @param reflections an exit that L1 got says so
 * @param hostXfd some host of the run has XFD
 * @param svm the vCPU ran on SVM, where KVM offers no XFD (R3)
 * @param openedInL2 R28 holds: vmcs01's exception bitmap is stale
 * @param alone the VM has no other vCPU
 * @param lossy events are missing
 */
public record Recorded(
        boolean truth,
        boolean xfdReads,
        boolean reflections,
        boolean hostXfd,
        boolean svm,
        boolean openedInL2,
        boolean alone,
        boolean lossy) {

    /** By what the stream itself shows; whether it is alone it does not. */
    public static Recorded of(WhatIfTallyRow tally, boolean lossy) {
        Run run = new Run(tally.getFamilies(), tally.getFamiliesDisproved(), tally.getArmed(), lossy);
        return of(tally, run, false);
    }

    /**
     * What the streams of a run show together.
     *
     * @param families that were recorded
     * @param disproved that a record proves were not
     * @param armed some guest had XFD
     * @param lossy something is missing
     */
    public record Run(long families, long disproved, boolean armed, boolean lossy) {}

    static Recorded of(WhatIfTallyRow tally, Run run, boolean alone) {
        boolean disprovedReads = (run.disproved & EventFamily.HOST_READ_XFD.bit()) != 0;
        return new Recorded(
                (tally.getFamilies() & EventFamily.GROUND_TRUTH.bit()) != 0,
                EventFamily.HOST_READ_XFD.isRecorded(run.families) && !disprovedReads,
                EventFamily.NESTED_REFLECTED.isRecorded(run.families),
                run.armed || (run.families & EventFamily.HOST_MSR_XFD.bit()) != 0,
                tally.getIsaSeen() == 1 << ExitReasons.SVM,
                tally.getOpenedInL2(),
                alone,
                run.lossy);
    }
}
