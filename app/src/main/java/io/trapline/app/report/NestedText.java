package io.trapline.app.report;

import io.trapline.app.report.TextTable.Side;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What instructions of L2 cost that L1 emulates, for people: over all vCPUs, each with the exits of L1 that it caused. */
final class NestedText {
    private static final int INSTRUCTIONS_MAX = 5;
    private static final int CAUSED_MAX = 4;
    private static final int OTHERS_MAX = 5;
    private static final List<String> COUNT_COLUMNS = List.of("L2 exit, and what L1 exits for", "times", "each");
    private static final List<String> TIME_COLUMNS = List.of("total", "in L0", "mean", "p99");

    private final RunClock clock;
    private final Ink ink;
    private final List<NestedTotal> totals;
    private final List<ExitCost> exits;

    NestedText(SummaryDocument document, Ink ink) {
        clock = document.run().clock();
        this.ink = ink;
        exits = document.exits();
        totals = NestedTotal.of(document.nested()).stream()
                .sorted(NestedTotal.order(clock.measuresNanos()))
                .toList();
    }

    void append(StringBuilder out) {
        if (totals.isEmpty()) {
            return;
        }
        out.append('\n')
                .append(ink.heading("Instructions of L2 that L1 emulates"))
                .append('\n');
        List<String> lines = table().lines();
        out.append("  ").append(ink.faint(lines.get(0))).append('\n');
        lines.stream().skip(1).forEach(line -> out.append("  ").append(line).append('\n'));
        appendOthers(out);
    }

    private TextTable table() {
        List<String> columns = clock.measuresNanos()
                ? Stream.concat(COUNT_COLUMNS.stream(), TIME_COLUMNS.stream()).toList()
                : COUNT_COLUMNS;
        List<Side> sides = new ArrayList<>(Collections.nCopies(columns.size(), Side.RIGHT));
        sides.set(0, Side.LEFT);
        TextTable table = new TextTable(sides);
        table.row(columns);
        totals.stream().limit(INSTRUCTIONS_MAX).forEach(total -> add(total, table));
        if (totals.size() > INSTRUCTIONS_MAX) {
            NestedTotal rest = totals.stream()
                    .skip(INSTRUCTIONS_MAX)
                    .reduce(NestedTotal::plus)
                    .orElseThrow();
            table.row(row((totals.size() - INSTRUCTIONS_MAX) + " more", rest));
        }
        return table;
    }

    private void add(NestedTotal total, TextTable table) {
        table.row(row(total.title(), total));
        long instructions = total.time().samples();
        List<NestedCost.Caused> caused = total.caused();
        caused.stream().limit(CAUSED_MAX).forEach(each -> {
            String detail = each.detail().isEmpty() ? "" : " " + each.detail();
            table.row(causedRow("  " + each.reason() + detail, each.exits(), each.time(), instructions));
        });
        if (caused.size() > CAUSED_MAX) {
            List<NestedCost.Caused> rest = caused.subList(CAUSED_MAX, caused.size());
            table.row(causedRow(
                    "  " + rest.size() + " more",
                    rest.stream().mapToLong(NestedCost.Caused::exits).sum(),
                    rest.stream().map(NestedCost.Caused::time).reduce(BigInteger.ZERO, BigInteger::add),
                    instructions));
        }
    }

    private List<String> row(String title, NestedTotal total) {
        ExitTimes time = total.time();
        List<String> cells = new ArrayList<>(List.of(
                Lines.safe(title), HumanFigures.count(time.samples()), "x" + each(total.exits(), time.samples())));
        if (clock.measuresNanos()) {
            cells.add(duration(time.sum(), 1));
            cells.add(duration(total.hostTime(), 1));
            cells.add(duration(time.sum(), time.samples()));
            cells.add(duration(BigInteger.valueOf(total.percentiles().p99()), 1));
        }
        return cells;
    }

    private List<String> causedRow(String title, long exits, BigInteger time, long instructions) {
        List<String> cells =
                new ArrayList<>(List.of(Lines.safe(title), HumanFigures.count(exits), each(exits, instructions)));
        if (clock.measuresNanos()) {
            cells.addAll(List.of("", duration(time, 1), duration(time, exits), ""));
        }
        return cells;
    }

    static String each(long exits, long instructions) {
        return BigDecimal.valueOf(exits)
                .divide(BigDecimal.valueOf(instructions), 1, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private String duration(BigInteger units, long divisor) {
        return HumanFigures.duration(clock.nanos(units, divisor));
    }

    /** The rest of L2's exits: nobody asked L1. */
    private void appendOthers(StringBuilder out) {
        Map<String, Long> rest = new HashMap<>();
        exits.stream()
                .filter(exit -> exit.level().equals("L2"))
                .forEach(exit -> rest.merge(exit.reason(), exit.time().samples(), Long::sum));
        totals.forEach(total -> rest.merge(total.reason(), -total.time().samples(), Long::sum));
        List<String> reasons = rest.entrySet().stream()
                .filter(other -> other.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(other -> other.getKey() + " " + HumanFigures.count(other.getValue()))
                .collect(Collectors.toCollection(ArrayList::new));
        if (!reasons.isEmpty()) {
            List<String> first = new ArrayList<>(reasons.subList(0, Math.min(reasons.size(), OTHERS_MAX)));
            if (reasons.size() > OTHERS_MAX) {
                first.add("...");
            }
            out.append(
                    Lines.listed("  Exits of L2 that L0 handles itself (x1.0), or whose end does not show: ", first));
        }
    }
}
