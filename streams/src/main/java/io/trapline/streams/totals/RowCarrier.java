package io.trapline.streams.totals;

import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.HotSpotsRow;
import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.avro.WhatIfTallyRow;
import io.trapline.streams.fold.RowSink;
import java.util.function.Consumer;

/** Wraps each row of a fold as the one record that carries rows to the second stage. */
public final class RowCarrier implements RowSink {
    private final Consumer<SummaryRow> next;

    public RowCarrier(Consumer<SummaryRow> next) {
        this.next = next;
    }

    @Override
    public void exitCost(ExitCostRow row) {
        SummaryRow carrier = of(row.getAnalysis(), row.getRun());
        carrier.setExit(row);
        next.accept(carrier);
    }

    @Override
    public void accessCost(AccessCostRow row) {
        SummaryRow carrier = of(row.getAnalysis(), row.getRun());
        carrier.setAccess(row);
        next.accept(carrier);
    }

    @Override
    public void verdict(PolicyVerdictRow row) {
        SummaryRow carrier = of(row.getAnalysis(), row.getRun());
        carrier.setVerdict(row);
        next.accept(carrier);
    }

    @Override
    public void finding(FindingRow row) {
        SummaryRow carrier = of(row.getAnalysis(), row.getRun());
        carrier.setFinding(row);
        next.accept(carrier);
    }

    @Override
    public void whatIfTally(WhatIfTallyRow row) {
        SummaryRow carrier = of(row.getAnalysis(), row.getRun());
        carrier.setWhatIfTally(row);
        next.accept(carrier);
    }

    @Override
    public void whatIf(WhatIfRow row) {
        SummaryRow carrier = of(row.getAnalysis(), row.getRun());
        carrier.setWhatIf(row);
        next.accept(carrier);
    }

    @Override
    public void nestedCost(NestedCostRow row) {
        SummaryRow carrier = of(row.getAnalysis(), row.getRun());
        carrier.setNested(row);
        next.accept(carrier);
    }

    @Override
    public void hotSpots(HotSpotsRow row) {
        SummaryRow carrier = of(row.getAnalysis(), row.getRun());
        carrier.setHotSpots(row);
        next.accept(carrier);
    }

    @Override
    public void streamEnd(StreamEndRow row) {
        SummaryRow carrier = of(row.getAnalysis(), row.getRun());
        carrier.setStreamEnd(row);
        next.accept(carrier);
    }

    /** A carrier with nothing in it yet. */
    public static SummaryRow of(String analysis, String run) {
        SummaryRow row = new SummaryRow();
        row.setAnalysis(analysis);
        row.setRun(run);
        return row;
    }
}
