package io.trapline.app.report;

import io.trapline.app.report.TextTable.Side;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The exits of a run for people: what they cost over all vCPUs, which were halts, which are open. */
final class ExitText {
    /** Reasons whose details are shown, and details of each. */
    private static final int DETAILED_REASONS_MAX = 3;

    private static final int DETAILS_MAX = 5;

    private static final int OPEN_REASONS_MAX = 5;

    private static final List<String> COUNT_COLUMNS = List.of("reason", "level", "samples", "share %");
    private static final List<String> TIME_COLUMNS = List.of("total", "time %", "min", "max", "mean", "+-%");

    private final RunClock clock;
    private final Ink ink;
    private final ExitListing listing;
    private final boolean partial;
    private final List<ExitCost> costs;
    private final List<ExitCost> halts;
    private final ExitTimes all;
    private final XfdCost xfd;

    ExitText(RunReport report, Ink ink) {
        this.ink = ink;
        SummaryDocument document = report.document();
        listing = report.listing();
        partial = !report.scope().isWhole();
        clock = document.run().clock();
        costs = document.exits().stream().filter(exit -> !exit.isHalt()).toList();
        halts = document.exits().stream().filter(ExitCost::isHalt).toList();
        all = sum(costs);
        xfd = document.xfd();
    }

    private static ExitTimes sum(Collection<ExitCost> exits) {
        return exits.stream().map(ExitCost::time).reduce(ExitTimes.NONE, ExitTimes::plus);
    }

    void append(StringBuilder out) {
        if (costs.isEmpty() && halts.isEmpty()) {
            out.append(partial ? "No exits are of what was asked for.\n" : "No exits were recorded.\n");
            return;
        }
        out.append(ink.heading("Exits")).append('\n');
        List<String> lines = table().lines();
        out.append("  ").append(ink.faint(lines.get(0))).append('\n');
        lines.stream().skip(1).forEach(line -> out.append("  ").append(line).append('\n'));
        appendXfd(out);
        if (!clock.measuresNanos()) {
            out.append("  No times: the unit of this run's clock is not known.\n");
        }
        appendHalts(out);
        appendOpen(out);
        appendSplit(out);
    }

    private void appendXfd(StringBuilder out) {
        if (xfd != null) {
            out.append(Lines.wrapped("  ", sentence(xfd)));
        }
    }

    static String sentence(XfdCost xfd) {
        String accesses = String.join(
                ", ",
                HumanFigures.counted(xfd.syncs(), "sync"),
                HumanFigures.counted(xfd.captures(), "capture"),
                HumanFigures.counted(xfd.restores(), "restore"),
                HumanFigures.counted(xfd.clears(), "clear"));
        return "XFD bookkeeping: " + accesses + "; " + WhatIfText.range(xfd.cycles()) + " cycles.";
    }

    private void appendSplit(StringBuilder out) {
        List<ExitTotal> totals =
                sampled(ExitTotal.byReason(costs)).stream().limit(listing.top()).toList();
        if (!clock.measuresNanos() || totals.isEmpty()) {
            return;
        }
        SplitText split = new SplitText(clock, totals);
        out.append('\n')
                .append(ink.heading("How long, and where the time goes"))
                .append('\n');
        if (split.preempted() != null) {
            out.append("  While other tasks had the CPU (preempted, not exit cost): ")
                    .append(split.preempted())
                    .append(" of the time above.\n");
        }
        List<String> lines = split.lines();
        out.append("  ").append(ink.faint(lines.get(0))).append('\n');
        lines.stream().skip(1).forEach(line -> out.append("  ").append(line).append('\n'));
    }

    private TextTable table() {
        List<Side> sides = new ArrayList<>(List.of(Side.LEFT, Side.LEFT));
        sides.addAll(Collections.nCopies(columns().size() - sides.size(), Side.RIGHT));
        TextTable table = new TextTable(sides);
        table.row(columns());
        int detailed = 0;
        List<ExitTotal> reasons = sampled(ExitTotal.byReason(costs));
        int shown = Math.min(listing.top(), reasons.size());
        for (ExitTotal total : reasons.subList(0, shown)) {
            table.row(row(total.name().reason(), total.name().level(), total.time()));
            if (detailed++ < DETAILED_REASONS_MAX) {
                addDetails(total, table);
            }
        }
        if (shown < reasons.size()) {
            addRest("", reasons.subList(shown, reasons.size()), table);
        }
        table.row(row("all", "", all));
        return table;
    }

    private List<ExitTotal> sampled(Collection<ExitTotal> totals) {
        return totals.stream()
                .filter(total -> total.time().samples() > 0)
                .sorted(listing.order().ofTotals(clock))
                .toList();
    }

    private List<String> columns() {
        return clock.measuresNanos()
                ? Stream.concat(COUNT_COLUMNS.stream(), TIME_COLUMNS.stream()).toList()
                : COUNT_COLUMNS;
    }

    private void addDetails(ExitTotal reason, TextTable table) {
        List<ExitTotal> details = sampled(reason.details(costs));
        boolean tellsNothing =
                details.size() == 1 && details.get(0).name().detail().isEmpty();
        if (tellsNothing) {
            return;
        }
        for (ExitTotal detail : details.subList(0, Math.min(details.size(), DETAILS_MAX))) {
            String name = detail.name().detail();
            table.row(row("  " + (name.isEmpty() ? "no detail" : name), "", detail.time()));
        }
        if (details.size() > DETAILS_MAX) {
            addRest("  ", details.subList(DETAILS_MAX, details.size()), table);
        }
    }

    private void addRest(String indent, List<ExitTotal> rest, TextTable table) {
        ExitTimes times = rest.stream().map(ExitTotal::time).reduce(ExitTimes.NONE, ExitTimes::plus);
        table.row(row(indent + rest.size() + " more", "", times));
    }

    private List<String> row(String name, String level, ExitTimes time) {
        List<String> cells = new ArrayList<>(List.of(
                Lines.safe(name),
                Lines.safe(level),
                HumanFigures.count(time.samples()),
                HumanFigures.percent(BigInteger.valueOf(time.samples()), BigInteger.valueOf(all.samples()))));
        if (clock.measuresNanos()) {
            cells.add(duration(time.sum(), 1));
            cells.add(HumanFigures.percent(time.sum(), all.sum()));
            cells.add(time.samples() == 0 ? "-" : duration(BigInteger.valueOf(time.min()), 1));
            cells.add(time.samples() == 0 ? "-" : duration(BigInteger.valueOf(time.max()), 1));
            cells.add(time.samples() == 0 ? "-" : duration(time.sum(), time.samples()));
            cells.add(time.relativeErrorPercent().toPlainString());
        }
        return cells;
    }

    private String duration(BigInteger units, long divisor) {
        return HumanFigures.duration(clock.nanos(units, divisor));
    }

    private void appendHalts(StringBuilder out) {
        ExitTimes halted = sum(halts);
        if (halted.samples() == 0) {
            return;
        }
        String names = halts.stream().map(ExitCost::reason).distinct().sorted().collect(Collectors.joining(", "));
        out.append("  ").append(names).append(" (halted, not exit cost): ");
        out.append(HumanFigures.counted(halted.samples(), "exit"));
        if (clock.measuresNanos()) {
            out.append(", ").append(duration(halted.sum(), 1)).append(" in all, mean ");
            out.append(duration(halted.sum(), halted.samples())).append(", max ");
            out.append(duration(BigInteger.valueOf(halted.max()), 1));
        }
        out.append('\n');
    }

    private void appendOpen(StringBuilder out) {
        List<ExitTotal> open = Stream.of(costs, halts)
                .flatMap(exits -> ExitTotal.byReason(exits).stream())
                .filter(total -> total.open() > 0)
                .sorted(Comparator.comparingLong(ExitTotal::open)
                        .reversed()
                        .thenComparing(ExitTotal.order(clock.measuresNanos())))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        long exits = open.stream().mapToLong(ExitTotal::open).sum();
        List<String> reasons = new ArrayList<>(open.stream()
                .limit(OPEN_REASONS_MAX)
                .map(total -> total.name().reason() + " " + HumanFigures.count(total.open()))
                .toList());
        if (open.size() > OPEN_REASONS_MAX) {
            reasons.add("...");
        }
        String first =
                "  Open, in no figure above: " + HumanFigures.counted(exits, "exit") + " without a following entry: ";
        out.append(Lines.listed(first, reasons));
    }
}
