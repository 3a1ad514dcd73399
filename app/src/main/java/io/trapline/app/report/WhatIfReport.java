package io.trapline.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trapline.producer.emulator.CostFile.Cost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The strategies side by side, with what the kernel as it is pays, exit by exit, and what the figures rest on. */
public final class WhatIfReport {
    private static final List<String> LEVELS = List.of("L1", "L2", "unknown");

    private WhatIfReport() {}

    /** For people. Only with {@code colours} does it hold codes for a terminal. */
    public static String text(SummaryDocument document, WhatIf whatIf, boolean colours) {
        Ink ink = new Ink(colours);
        StringBuilder out = new StringBuilder();
        out.append(Lines.listed("", TextReport.facts(document.run())));
        new WhatIfText(document.run(), whatIf, ink).append(out);
        if (whatIf.armed()) {
            appendLevels(whatIf, ink, out);
            appendReasons(document, ink, out);
            appendCosts(whatIf.costs(), ink, out);
        }
        return out.append('\n').toString();
    }

    private static void appendLevels(WhatIf whatIf, Ink ink, StringBuilder out) {
        out.append('\n').append(ink.heading("By level")).append('\n');
        TextTable table = new TextTable(List.of(
                TextTable.Side.LEFT,
                TextTable.Side.LEFT,
                TextTable.Side.RIGHT,
                TextTable.Side.RIGHT,
                TextTable.Side.RIGHT,
                TextTable.Side.RIGHT));
        table.row(List.of("strategy", "level", "syncs", "XFD writes", "#NM exits", "XFD faults"));
        for (StrategyFigures run : whatIf.ofRun()) {
            for (StrategyFigures level : whatIf.parts(run.strategy(), true)) {
                table.row(List.of(
                        run.strategy(),
                        level.level(),
                        WhatIfText.count(level.syncs()),
                        WhatIfText.count(level.xfdWriteExits()),
                        WhatIfText.count(level.nmExits()),
                        WhatIfText.count(level.xfdFaults())));
            }
        }
        table.lines().forEach(line -> out.append("  ").append(line).append('\n'));
    }

    /** The exits of one reason at one level, and how many of them sync. */
    private record Synced(String level, String reason, long exits, long syncs) {
        Synced plus(Synced other) {
            return new Synced(level, reason, exits + other.exits, syncs + other.syncs);
        }
    }

    private static List<Synced> synced(SummaryDocument document) {
        Map<String, Synced> found = new TreeMap<>();
        for (ExitCost exit : document.exits()) {
            String reason = exit.detail().startsWith("vector") ? exit.reason() + " " + exit.detail() : exit.reason();
            long exits = exit.time().samples() + exit.open();
            found.merge(
                    exit.level() + "/" + reason, new Synced(exit.level(), reason, exits, exit.syncs()), Synced::plus);
        }
        List<Synced> rows = new ArrayList<>(found.values());
        rows.removeIf(row -> row.syncs == 0);
        rows.sort(Comparator.comparing((Synced row) -> LEVELS.indexOf(row.level))
                .thenComparing(Comparator.comparingLong(Synced::syncs).reversed())
                .thenComparing(Synced::reason));
        return rows;
    }

    private static void appendReasons(SummaryDocument document, Ink ink, StringBuilder out) {
        out.append('\n')
                .append(ink.heading("Syncs of S1/T1/I1 by exit reason"))
                .append(" (S2/T1/I1 has those of L1 only)\n");
        TextTable table = new TextTable(
                List.of(TextTable.Side.LEFT, TextTable.Side.LEFT, TextTable.Side.RIGHT, TextTable.Side.RIGHT));
        table.row(List.of("level", "reason", "exits", "syncs"));
        for (Synced row : synced(document)) {
            table.row(List.of(
                    row.level, Lines.safe(row.reason), HumanFigures.count(row.exits), HumanFigures.count(row.syncs)));
        }
        table.lines().forEach(line -> out.append("  ").append(line).append('\n'));
    }

    private static void appendCosts(CycleCosts costs, Ink ink, StringBuilder out) {
        out.append('\n')
                .append(ink.heading("Cycles are counts times these"))
                .append(" (H measured, M measured in part, L second-hand, A assumed; --costs FILE has yours)\n");
        for (Cost cost : costs.all()) {
            String range = cost.lo() + ".." + cost.hi() + " " + cost.confidence();
            out.append(Lines.wrapped(String.format("  %-14s %-12s ", cost.name(), range), cost.source()));
        }
    }

    /** For programs: {@code trapline.what-if/1}. */
    public static String json(SummaryDocument document, WhatIf whatIf) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode tree = nodes.objectNode()
                .put("schema", "trapline.what-if/1")
                .put("run", document.run().id())
                .put("armed", whatIf.armed());
        ArrayNode costs = tree.putArray("costs");
        for (Cost cost : whatIf.costs().all()) {
            ObjectNode node = costs.addObject()
                    .put("name", cost.name())
                    .put("least", cost.lo())
                    .put("most", cost.hi());
            node.put("confidence", cost.confidence()).put("source", cost.source());
        }
        tree.set("what_if", WhatIfTree.of(document.run(), whatIf));
        ArrayNode reasons = tree.putArray("syncs_by_reason");
        for (Synced row : synced(document)) {
            reasons.addObject()
                    .put("level", row.level)
                    .put("reason", row.reason)
                    .put("exits", row.exits)
                    .put("syncs", row.syncs);
        }
        return JsonReport.print(tree);
    }
}
