package io.trapline.app.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Exits of all vCPUs for one reason, or for one detail of it; {@code detail} is empty where details are not told apart. */
record ExitTotal(Name name, ExitTimes time, Percentiles percentiles, TimeSplit split, long open) {
    /** What is counted together. */
    record Name(String level, String isa, String reason, String detail) {}

    static final Comparator<ExitTotal> BY_NAME = Comparator.comparing((ExitTotal total) -> total.name.reason)
            .thenComparing(total -> total.name.level)
            .thenComparing(total -> total.name.isa)
            .thenComparing(total -> total.name.detail);
    private static final Comparator<ExitTotal> MOST_FREQUENT_FIRST =
            Comparator.comparingLong((ExitTotal total) -> total.time.samples()).reversed();
    private static final Comparator<ExitTotal> DEAREST_FIRST =
            Comparator.comparing((ExitTotal total) -> total.time.sum()).reversed();

    /** The order to show them in, by a clock that measures time or by one that does not. */
    static Comparator<ExitTotal> order(boolean timed) {
        return timed
                ? DEAREST_FIRST.thenComparing(MOST_FREQUENT_FIRST).thenComparing(BY_NAME)
                : MOST_FREQUENT_FIRST.thenComparing(BY_NAME);
    }

    static Collection<ExitTotal> byReason(Collection<ExitCost> exits) {
        Map<Name, ExitTotal> totals = new HashMap<>();
        exits.forEach(exit -> add(exit, "", totals));
        return totals.values();
    }

    static Collection<ExitTotal> byDetail(Collection<ExitCost> exits) {
        Map<Name, ExitTotal> totals = new HashMap<>();
        exits.forEach(exit -> add(exit, exit.detail(), totals));
        return totals.values();
    }

    /** The details of this reason, of those exits. */
    Collection<ExitTotal> details(Collection<ExitCost> exits) {
        Map<Name, ExitTotal> totals = new HashMap<>();
        exits.stream().filter(exit -> nameOf(exit, "").equals(name)).forEach(exit -> add(exit, exit.detail(), totals));
        return totals.values();
    }

    private static void add(ExitCost exit, String detail, Map<Name, ExitTotal> totals) {
        Name name = nameOf(exit, detail);
        ExitTotal total = new ExitTotal(name, exit.time(), exit.percentiles(), exit.split(), exit.open());
        totals.merge(name, total, ExitTotal::plus);
    }

    private static Name nameOf(ExitCost exit, String detail) {
        return new Name(exit.level(), exit.isa(), exit.reason(), detail);
    }

    /** This one and another, under this name. */
    ExitTotal plus(ExitTotal other) {
        return new ExitTotal(
                name,
                time.plus(other.time),
                percentiles.plus(other.percentiles),
                split.plus(other.split),
                open + other.open);
    }
}
