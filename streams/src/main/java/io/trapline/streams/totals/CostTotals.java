package io.trapline.streams.totals;

import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.avro.NestedExits;
import io.trapline.streams.cost.CostStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** Sums up rows of costs of different windows. The order of the windows means nothing. */
final class CostTotals {
    private static final Comparator<NestedExits> CAUSED_ORDER = Comparator.comparing(NestedExits::getLevel)
            .thenComparingLong(NestedExits::getReason)
            .thenComparing(NestedExits::getDetail);

    private CostTotals() {}

    /** {@code known} of the windows before, or null, and one more window; the row is that of all windows. */
    static ExitCostRow plus(ExitCostRow known, ExitCostRow window) {
        CostStats time = CostStats.of(window.getTime());
        if (known != null) {
            time.merge(known.getTime());
        }
        return new ExitCostRow(
                window.getAnalysis(),
                window.getRun(),
                window.getVm(),
                window.getVcpu(),
                window.getLevel(),
                window.getIsa(),
                window.getReason(),
                window.getDetail(),
                RunTotals.ALL_WINDOWS,
                false,
                sum(known, window, ExitCostRow::getOpen),
                time.toRow(),
                sum(known, window, ExitCostRow::getSyncs),
                sum(known, window, ExitCostRow::getUserspaceTime),
                sum(known, window, ExitCostRow::getHaltedTime),
                sum(known, window, ExitCostRow::getPreemptedTime),
                sum(known, window, ExitCostRow::getUnknownTime));
    }

    private static <R> long sum(R known, R window, ToLongFunction<R> figure) {
        return figure.applyAsLong(window) + (known == null ? 0 : figure.applyAsLong(known));
    }

    /** The same of accesses. */
    static AccessCostRow plus(AccessCostRow known, AccessCostRow window) {
        CostStats time = CostStats.of(window.getTime());
        if (known != null) {
            time.merge(known.getTime());
        }
        return new AccessCostRow(
                window.getAnalysis(),
                window.getRun(),
                window.getVm(),
                window.getVcpu(),
                window.getView(),
                window.getAccess(),
                time.toRow());
    }

    /** The same of instructions of L2. */
    static NestedCostRow plus(NestedCostRow known, NestedCostRow window) {
        CostStats time = CostStats.of(window.getTime());
        List<NestedExits> caused = new ArrayList<>();
        window.getCaused().forEach(exits -> addTo(caused, exits));
        if (known != null) {
            time.merge(known.getTime());
            known.getCaused().forEach(exits -> addTo(caused, exits));
        }
        caused.sort(CAUSED_ORDER);
        return new NestedCostRow(
                window.getAnalysis(),
                window.getRun(),
                window.getVm(),
                window.getVcpu(),
                window.getIsa(),
                window.getReason(),
                window.getDetail(),
                time.toRow(),
                sum(known, window, NestedCostRow::getHostTime),
                caused);
    }

    private static void addTo(List<NestedExits> sums, NestedExits more) {
        for (NestedExits sum : sums) {
            if (CAUSED_ORDER.compare(sum, more) == 0) {
                sum.setExits(sum.getExits() + more.getExits());
                sum.setTime(sum.getTime() + more.getTime());
                return;
            }
        }
        sums.add(new NestedExits(more.getLevel(), more.getReason(), more.getDetail(), more.getExits(), more.getTime()));
    }
}
