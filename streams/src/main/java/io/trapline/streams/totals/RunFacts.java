package io.trapline.streams.totals;

import io.trapline.schemas.avro.FamilyRecorded;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.WhatIfTallyRow;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.streams.whatif.RunWhatIf;
import java.util.List;

/** What only the whole run can say of a finding: which families were recorded, whether events were lost, which kernel. */
final class RunFacts {
    /** What becomes of a finding of one stream. */
    enum Outcome {
        VIOLATED,
        UNDECIDED,
        /** Nothing is wrong: the family was not recorded, or this kernel does so by right. */
        DROPPED
    }

    private final long families;
    private final long disproved;
    private final boolean lossy;
    private final KernelRange kernels;

    RunFacts(Run run, List<StreamEndRow> streams) {
        families = families(run, streams);
        disproved =
                streams.stream().mapToLong(StreamEndRow::getFamiliesDisproved).reduce(0, (a, b) -> a | b);
        lossy = run.getLossMarkers() > 0
                || run.getLost() > 0
                || run.getUnparsed() > 0
                || streams.stream().anyMatch(stream -> stream.getGaps() > 0 || stream.getLateChunks() > 0);
        kernels = KernelRange.of(run.getKernelFrom(), run.getKernelTo());
    }

    private static long families(Run run, List<StreamEndRow> streams) {
        long bits = 0;
        for (FamilyRecorded recorded : run.getFamilies()) {
            EventFamily family = EventFamily.ofTitle(recorded.getFamily());
            boolean known = Boolean.TRUE.equals(recorded.getRecorded()) || recorded.getSeen();
            bits |= family != null && known ? family.bit() : 0;
        }
        for (StreamEndRow stream : streams) {
            bits |= stream.getFamiliesSeen();
        }
        return bits;
    }

    /** The strategies, with what the run knows of its recording. */
    RunWhatIf whatIf(List<WhatIfTallyRow> tallies) {
        return new RunWhatIf(tallies, families, disproved, lossy);
    }

    Outcome outcomeOf(FindingRow finding) {
        boolean notRecorded = finding.getAwaits().stream().anyMatch(title -> !groupRecorded(title));
        KernelRange sound = soundIn(finding);
        if (notRecorded || sound != null && sound.holdsAll(kernels)) {
            return Outcome.DROPPED;
        }
        boolean maybeSound = sound != null && sound.holdsAny(kernels);
        return maybeSound || recordMayBeMissing(finding) ? Outcome.UNDECIDED : Outcome.VIOLATED;
    }

    private boolean recordMayBeMissing(FindingRow finding) {
        boolean partly = finding.getAwaits().stream().anyMatch(title -> !recorded(title));
        return partly || finding.getRestsOnAbsence() && lossy;
    }

    /** The kernels that would make right a finding that is undecided only since the run may be of them; else null. */
    KernelRange decidedBy(FindingRow undecided) {
        return recordMayBeMissing(undecided) ? null : soundIn(undecided);
    }

    /** The kernels in which what the finding says is sound behaviour; null where there are none. */
    private static KernelRange soundIn(FindingRow finding) {
        return finding.getLegalFrom() == null && finding.getLegalUpTo() == null
                ? null
                : KernelRange.of(finding.getLegalFrom(), finding.getLegalUpTo());
    }

    private boolean recorded(String title) {
        EventFamily family = EventFamily.ofTitle(title);
        return family != null && (isIn(family) || family.isRecorded(families) && (disproved & family.bit()) == 0);
    }

    /**
     * Of a family that is one tracepoint of several, one of the others shows only that the recording could have had it: a
     * record that is missing may be missing because its tracepoint was off.
     */
    private boolean groupRecorded(String title) {
        EventFamily family = EventFamily.ofTitle(title);
        return family != null && isIn(family.group());
    }

    private boolean isIn(EventFamily family) {
        return family != null && (families & family.bit()) != 0;
    }
}
