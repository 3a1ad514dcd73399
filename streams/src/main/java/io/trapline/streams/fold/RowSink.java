package io.trapline.streams.fold;

import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.HotSpotsRow;
import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.avro.WhatIfTallyRow;

/** Where a fold's result rows go. Rows are upserts: the last one of a key holds. A row is the receiver's to keep. */
public interface RowSink {
    void exitCost(ExitCostRow row);

    /** Accesses of one more window. */
    void accessCost(AccessCostRow row);

    void verdict(PolicyVerdictRow row);

    /** A finding with {@code repeats} 0 withdraws what an earlier row of its id said. */
    void finding(FindingRow row);

    /** What the second stage computes every strategy from. */
    void whatIfTally(WhatIfTallyRow row);

    /** What one strategy comes to by what the stream itself shows; the whole run may know more. */
    void whatIf(WhatIfRow row);

    /** What instructions of L2 cost in one window: to be summed up. */
    void nestedCost(NestedCostRow row);

    /** The places of one kind, over the whole stream. */
    void hotSpots(HotSpotsRow row);

    void streamEnd(StreamEndRow row);
}
