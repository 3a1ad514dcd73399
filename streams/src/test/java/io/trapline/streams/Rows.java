package io.trapline.streams;

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
import java.util.ArrayList;
import java.util.List;

/** Keeps the rows of a fold in the order they came. */
public final class Rows implements RowSink {
    private final List<Object> all = new ArrayList<>();

    @Override
    public void exitCost(ExitCostRow row) {
        all.add(row);
    }

    @Override
    public void accessCost(AccessCostRow row) {
        all.add(row);
    }

    @Override
    public void verdict(PolicyVerdictRow row) {
        all.add(row);
    }

    @Override
    public void finding(FindingRow row) {
        all.add(row);
    }

    @Override
    public void whatIfTally(WhatIfTallyRow row) {
        all.add(row);
    }

    @Override
    public void whatIf(WhatIfRow row) {
        all.add(row);
    }

    @Override
    public void nestedCost(NestedCostRow row) {
        all.add(row);
    }

    @Override
    public void hotSpots(HotSpotsRow row) {
        all.add(row);
    }

    @Override
    public void streamEnd(StreamEndRow row) {
        all.add(row);
    }

    public List<Object> all() {
        return all;
    }

    public <T> List<T> of(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
