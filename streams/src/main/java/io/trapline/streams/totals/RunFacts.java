package io.trapline.streams.totals;

import io.trapline.schemas.avro.FamilyRecorded;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.event.EventFamily;
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
    private final boolean lossy;
    private final KernelVersion from;
    private final KernelVersion to;

    RunFacts(Run run, List<StreamEndRow> streams) {
        families = families(run, streams);
        lossy = run.getLossMarkers() > 0
                || run.getLost() > 0
                || run.getUnparsed() > 0
                || streams.stream().anyMatch(stream -> stream.getGaps() > 0 || stream.getLateChunks() > 0);
        from = KernelVersion.of(run.getKernelFrom());
        to = KernelVersion.of(run.getKernelTo());
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

    Outcome outcomeOf(FindingRow finding) {
        if (finding.getAwaitsFamily() != null && !recorded(finding.getAwaitsFamily())) {
            return Outcome.DROPPED;
        }
        KernelVersion legalUpTo = KernelVersion.of(finding.getLegalUpTo());
        if (legalUpTo != null && to != null && to.compareTo(legalUpTo) <= 0) {
            return Outcome.DROPPED;
        }
        boolean mayBeLegal = legalUpTo != null && (from == null || from.compareTo(legalUpTo) <= 0);
        return mayBeLegal || finding.getRestsOnAbsence() && lossy ? Outcome.UNDECIDED : Outcome.VIOLATED;
    }

    private boolean recorded(String title) {
        EventFamily family = EventFamily.ofTitle(title);
        return family != null && (families & family.bit()) != 0;
    }
}
