package io.trapline.streams.retrace;

import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.HotSpotsRow;
import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.avro.WhatIfTallyRow;
import io.trapline.streams.fold.RowSink;

/** Takes no row: what the fold says has been said before. */
class NoRows implements RowSink {
    static final RowSink SINK = new NoRows();

    @Override
    public void exitCost(ExitCostRow row) {
        // Known.
    }

    @Override
    public void accessCost(AccessCostRow row) {
        // Known.
    }

    @Override
    public void verdict(PolicyVerdictRow row) {
        // Known.
    }

    @Override
    public void finding(FindingRow row) {
        // Known.
    }

    @Override
    public void whatIfTally(WhatIfTallyRow row) {
        // Known.
    }

    @Override
    public void whatIf(WhatIfRow row) {
        // Known.
    }

    @Override
    public void nestedCost(NestedCostRow row) {}

    @Override
    public void hotSpots(HotSpotsRow row) {}

    @Override
    public void streamEnd(StreamEndRow row) {
        // Known.
    }
}
