package io.trapline.app.report;

import io.trapline.schemas.avro.WhatIfLoss;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.streams.whatif.Bounds;

/**
 * What one strategy comes to, for a run or a part of it.
 *
 * @param vm empty for all
 * @param level empty for all
 * @param loss where guest state is lost first, which is where the counts end; null where nothing shows that any is
 */
public record StrategyFigures(
        String strategy,
        String vm,
        String level,
        boolean sound,
        String remark,
        WhatIfLoss loss,
        Bounds syncs,
        Bounds xfdWriteExits,
        Bounds nmExits,
        Bounds xfdFaults,
        long eb01Compares,
        boolean exact,
        String reason) {

    /** What a row says. */
    public static StrategyFigures of(WhatIfRow row) {
        return new StrategyFigures(
                row.getStrategy(),
                row.getVm(),
                row.getLevel(),
                Boolean.TRUE.equals(row.getSound()),
                row.getRemark(),
                row.getLoss(),
                new Bounds(row.getSyncs(), row.getSyncsHi()),
                new Bounds(row.getXfdWriteExits(), row.getXfdWriteExitsHi()),
                new Bounds(row.getNmExits(), row.getNmExitsHi()),
                new Bounds(row.getXfdFaults(), row.getXfdFaultsHi()),
                row.getEb01Compares(),
                row.getExact(),
                row.getReason());
    }

    /** Whether it is of the whole run. */
    public boolean ofRun() {
        return vm.isEmpty() && level.isEmpty();
    }

    /** A count for people: exact, from..to, or at least. */
    public static String countOf(Bounds bounds) {
        return WhatIfText.count(bounds);
    }

    /** The formula of the specification, 5.5. */
    CycleRange cycles(CycleCosts costs) {
        return CycleRange.of(syncs, costs.rdmsr())
                .plus(CycleRange.of(xfdWriteExits, costs.exit()))
                .plus(CycleRange.of(nmExits, costs.exit()))
                .plus(CycleRange.of(nmExits, costs.injection()))
                .plus(CycleRange.of(xfdFaults, costs.rdmsr()))
                .plus(CycleRange.of(xfdFaults.plus(xfdFaults), costs.wrmsr()))
                .plus(CycleRange.of(Bounds.exactly(eb01Compares), costs.eb01Refresh()));
    }

    /** What it costs more than another strategy; null where one of them ends with a loss. */
    CycleRange cyclesMoreThan(StrategyFigures base, CycleCosts costs) {
        if (loss != null || base == null || base.loss != null) {
            return null;
        }
        return CycleRange.ofDifference(syncs, base.syncs, costs.rdmsr())
                .plus(CycleRange.ofDifference(xfdWriteExits, base.xfdWriteExits, costs.exit()))
                .plus(CycleRange.ofDifference(nmExits, base.nmExits, costs.exit()))
                .plus(CycleRange.ofDifference(nmExits, base.nmExits, costs.injection()))
                .plus(CycleRange.ofDifference(xfdFaults, base.xfdFaults, costs.rdmsr()))
                .plus(CycleRange.ofDifference(
                        xfdFaults.plus(xfdFaults), base.xfdFaults.plus(base.xfdFaults), costs.wrmsr()))
                .plus(CycleRange.ofDifference(
                        Bounds.exactly(eb01Compares), Bounds.exactly(base.eb01Compares), costs.eb01Refresh()));
    }
}
