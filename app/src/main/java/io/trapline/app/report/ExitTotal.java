package io.trapline.app.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Exits of all vCPUs for one reason, or for one detail of it; {@code detail} is empty where details are not told apart. */
record ExitTotal(Name name, ExitTimes time, long open) {
    /** What is counted together. */
    record Name(String level, String isa, String reason, String detail) {}

    /** The dearest first; where no time is measured, the most frequent. */
    private static final Comparator<ExitTotal> ORDER = Comparator.comparing((ExitTotal total) -> total.time.sum())
            .thenComparingLong(total -> total.time.samples())
            .reversed()
            .thenComparing(total -> total.name.reason)
            .thenComparing(total -> total.name.level)
            .thenComparing(total -> total.name.isa)
            .thenComparing(total -> total.name.detail);

    static List<ExitTotal> byReason(Collection<ExitCost> exits) {
        Map<Name, ExitTotal> totals = new HashMap<>();
        exits.forEach(exit -> add(exit, "", totals));
        return totals.values().stream().sorted(ORDER).toList();
    }

    /** The details of this reason, of those exits. */
    List<ExitTotal> details(Collection<ExitCost> exits) {
        Map<Name, ExitTotal> totals = new HashMap<>();
        exits.stream().filter(exit -> nameOf(exit, "").equals(name)).forEach(exit -> add(exit, exit.detail(), totals));
        return totals.values().stream().sorted(ORDER).toList();
    }

    private static void add(ExitCost exit, String detail, Map<Name, ExitTotal> totals) {
        Name name = nameOf(exit, detail);
        totals.merge(name, new ExitTotal(name, exit.time(), exit.open()), ExitTotal::plus);
    }

    private static Name nameOf(ExitCost exit, String detail) {
        return new Name(exit.level(), exit.isa(), exit.reason(), detail);
    }

    private ExitTotal plus(ExitTotal other) {
        return new ExitTotal(name, time.plus(other.time), open + other.open);
    }
}
