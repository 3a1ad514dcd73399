package io.trapline.app.report;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Instructions of L2 of one reason and detail, over all vCPUs. */
record NestedTotal(
        String reason,
        String detail,
        ExitTimes time,
        Percentiles percentiles,
        BigInteger hostTime,
        List<NestedCost.Caused> caused) {

    private static final Comparator<NestedTotal> BY_NAME =
            Comparator.comparing(NestedTotal::reason).thenComparing(NestedTotal::detail);
    private static final Comparator<NestedTotal> MOST_FREQUENT_FIRST = Comparator.comparingLong(
                    (NestedTotal total) -> total.time.samples())
            .reversed();
    private static final Comparator<NestedTotal> DEAREST_FIRST =
            Comparator.comparing((NestedTotal total) -> total.time.sum()).reversed();

    /** The order to show them in, by a clock that measures time or by one that does not. */
    static Comparator<NestedTotal> order(boolean timed) {
        return timed ? DEAREST_FIRST.thenComparing(BY_NAME) : MOST_FREQUENT_FIRST.thenComparing(BY_NAME);
    }

    static Collection<NestedTotal> of(List<NestedCost> costs) {
        Map<List<String>, NestedTotal> totals = new HashMap<>();
        for (NestedCost cost : costs) {
            NestedTotal total = new NestedTotal(
                    cost.reason(), cost.detail(), cost.time(), cost.percentiles(), cost.hostTime(), cost.caused());
            totals.merge(List.of(cost.isa(), cost.reason(), cost.detail()), total, NestedTotal::plus);
        }
        return totals.values();
    }

    NestedTotal plus(NestedTotal other) {
        return new NestedTotal(
                reason,
                detail,
                time.plus(other.time),
                percentiles.plus(other.percentiles),
                hostTime.add(other.hostTime),
                sum(caused, other.caused));
    }

    private static List<NestedCost.Caused> sum(List<NestedCost.Caused> some, List<NestedCost.Caused> more) {
        Map<List<String>, NestedCost.Caused> sums = new HashMap<>();
        Stream.concat(some.stream(), more.stream())
                .forEach(each ->
                        sums.merge(List.of(each.level(), each.reason(), each.detail()), each, NestedCost.Caused::plus));
        return sums.values().stream().sorted(NestedCost.Caused.ORDER).toList();
    }

    /** The reason, and the detail where it says more. */
    String title() {
        return detail.isEmpty() || detail.equals("nested " + reason) ? reason : reason + ", " + detail;
    }

    /** Exits to L0 for these instructions: their own, and all that L1 caused. */
    long exits() {
        return time.samples()
                + caused.stream().mapToLong(NestedCost.Caused::exits).sum();
    }
}
