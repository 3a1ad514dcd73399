package io.trapline.streams.fold;

import io.trapline.schemas.avro.FindingRow;

/** Copies findings. Avro's builders copy deeply and slowly; evidence and state of a finding never change. */
public final class FindingRows {
    private FindingRows() {}

    /** A row that can be changed without changing the other one. */
    public static FindingRow copyOf(FindingRow row) {
        return new FindingRow(
                row.getAnalysis(),
                row.getRun(),
                row.getId(),
                row.getPolicy(),
                row.getSeverity(),
                row.getVm(),
                row.getVcpu(),
                row.getLevel(),
                row.getSeq(),
                row.getTime(),
                row.getSource(),
                row.getCause(),
                row.getRepeats(),
                row.getFirstSeq(),
                row.getLastSeq(),
                row.getExpected(),
                row.getObserved(),
                row.getRule(),
                row.getEvidence(),
                row.getStateBefore(),
                row.getRestsOnAbsence(),
                row.getAwaits(),
                row.getLegalFrom(),
                row.getLegalUpTo(),
                row.getStateAfter(),
                row.getProvisional());
    }
}
