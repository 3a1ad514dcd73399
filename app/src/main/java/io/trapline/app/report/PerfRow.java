package io.trapline.app.report;

import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.cost.AccessView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line of a table of perf's: what it counts together, under which number, and how long it took. */
record PerfRow(String name, long number, ExitTimes time, Percentiles percentiles) {
    /** perf keeps its rows in so many lists, by the number; rows of equally many samples come out list by list. */
    private static final long LISTS = 4096;

    static final Comparator<PerfRow> ORDER = Comparator.comparingLong((PerfRow row) -> row.time.samples())
            .reversed()
            .thenComparingLong(row -> row.number % LISTS)
            .thenComparingLong(PerfRow::number)
            .thenComparing(PerfRow::name);

    static List<PerfRow> of(SummaryDocument document, PerfView view) {
        Map<String, PerfRow> rows = new HashMap<>();
        if (view.accesses() == null) {
            document.exits().forEach(exit -> add(exit.reason(), number(exit), exit.time(), exit.percentiles(), rows));
        } else {
            accesses(document, view.accesses())
                    .forEach(access -> add(access.access(), number(access), access.time(), access.percentiles(), rows));
        }
        List<PerfRow> sampled = new ArrayList<>(rows.values());
        sampled.removeIf(row -> row.time.samples() == 0);
        sampled.sort(ORDER);
        return sampled;
    }

    static List<AccessCost> accesses(SummaryDocument document, AccessView view) {
        return document.accesses().stream()
                .filter(access -> access.view().equals(view.title()))
                .toList();
    }

    private static void add(
            String name, long number, ExitTimes time, Percentiles percentiles, Map<String, PerfRow> rows) {
        rows.merge(name, new PerfRow(name, number, time, percentiles), PerfRow::plus);
    }

    private PerfRow plus(PerfRow other) {
        return new PerfRow(name, number, time.plus(other.time), percentiles.plus(other.percentiles));
    }

    private static long number(ExitCost exit) {
        int isa = exit.isa().equals("SVM") ? ExitReasons.SVM : ExitReasons.VMX;
        return Math.max(ExitReasons.number(isa, exit.reason()), 0);
    }

    /** The place; {@code other} has none. */
    private static long number(AccessCost access) {
        int colon = access.access().indexOf(':');
        return colon < 0 ? Long.MAX_VALUE : Long.decode(access.access().substring(0, colon));
    }
}
