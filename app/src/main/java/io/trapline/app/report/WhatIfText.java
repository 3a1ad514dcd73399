package io.trapline.app.report;

import io.trapline.streams.whatif.Bounds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The strategies for people: one line where XFD plays no role, else a table, the losses, and why figures are bounds. */
final class WhatIfText {
    private static final String INDENT = "  ";
    private static final String L2 = "L2";

    private final RunDescription run;
    private final WhatIf whatIf;
    private final Ink ink;

    WhatIfText(RunDescription run, WhatIf whatIf, Ink ink) {
        this.run = run;
        this.whatIf = whatIf;
        this.ink = ink;
    }

    void append(StringBuilder out) {
        if (whatIf.ofRun().isEmpty()) {
            return;
        }
        if (!whatIf.armed()) {
            out.append(
                    "\nWhat if: nothing shows that a guest armed IA32_XFD, so no variant of the XFD decisions is priced.\n");
            return;
        }
        out.append('\n')
                .append(ink.heading("What if KVM had decided otherwise"))
                .append(" (cycles; difference to S1/T1/I1)\n");
        appendTable(out);
        appendLosses(out);
        appendReasons(out);
    }

    private void appendTable(StringBuilder out) {
        boolean nested = isNested();
        TextTable table = new TextTable(List.of(
                TextTable.Side.LEFT,
                TextTable.Side.LEFT,
                TextTable.Side.RIGHT,
                TextTable.Side.RIGHT,
                TextTable.Side.RIGHT,
                TextTable.Side.RIGHT,
                TextTable.Side.RIGHT,
                TextTable.Side.RIGHT));
        table.row(List.of(
                "strategy",
                "sound",
                "syncs",
                nested ? "in L2" : "",
                "XFD writes",
                "#NM exits",
                "cycles",
                "difference"));
        for (StrategyFigures each : whatIf.ofRun()) {
            table.row(row(each, nested));
        }
        table.lines().forEach(line -> out.append(INDENT).append(line).append('\n'));
    }

    private List<String> row(StrategyFigures each, boolean nested) {
        String inL2 = whatIf.at(each.strategy(), L2)
                .map(level -> count(level.syncs()))
                .orElse("-");
        CycleRange more = each.cyclesMoreThan(whatIf.base(each), whatIf.costs());
        return List.of(
                each.strategy(),
                sound(each, nested),
                count(each.syncs()),
                nested ? inL2 : "",
                count(each.xfdWriteExits()),
                count(each.nmExits()),
                range(each.cycles(whatIf.costs())),
                more == null ? "-" : range(more));
    }

    private boolean isNested() {
        return whatIf.figures().stream().anyMatch(each -> each.level().equals(L2));
    }

    /** Whether a strategy loses state. */
    String sound(StrategyFigures each) {
        return sound(each, isNested());
    }

    /** What a strategy is sound but for needs an L2 to happen. */
    private static String sound(StrategyFigures each, boolean nested) {
        if (each.loss() != null) {
            return "lost";
        }
        String yes = nested && each.remark() != null ? each.remark() : "yes";
        return each.sound() ? yes : "no";
    }

    static String count(Bounds bounds) {
        if (bounds.exact()) {
            return HumanFigures.count(bounds.lo());
        }
        return bounds.hi() == null
                ? HumanFigures.count(bounds.lo()) + "+"
                : HumanFigures.count(bounds.lo()) + ".." + HumanFigures.count(bounds.hi());
    }

    static String range(CycleRange range) {
        if (range.lo() != null && range.lo().equals(range.hi())) {
            return amount(range.lo());
        }
        return (range.lo() == null ? "?" : amount(range.lo())) + ".." + (range.hi() == null ? "?" : amount(range.hi()));
    }

    private static String amount(BigInteger cycles) {
        return HumanFigures.magnitude(cycles);
    }

    /** Counts of a strategy that loses state end there. */
    private void appendLosses(StringBuilder out) {
        for (StrategyFigures each : whatIf.ofRun()) {
            if (each.loss() != null) {
                out.append(Lines.wrapped(INDENT + each.strategy() + " ", loss(each)));
            }
        }
    }

    private String loss(StrategyFigures each) {
        String where = "vCPU " + each.loss().getVcpu() + " " + each.loss().getLevel() + " at "
                + run.place(each.loss().getSource());
        return "loses guest state first on " + where + ": " + each.loss().getEvidence() + ".";
    }

    private void appendReasons(StringBuilder out) {
        reasons()
                .forEach((reason, strategies) ->
                        out.append(Lines.wrapped(INDENT + "Bounds ", bounds(reason, strategies))));
    }

    private static String bounds(String reason, String strategies) {
        return "of " + strategies + ": " + reason + ".";
    }

    /** Why figures are bounds, and those of which strategies. */
    private Map<String, String> reasons() {
        Map<String, String> byReason = new LinkedHashMap<>();
        for (StrategyFigures each : whatIf.ofRun()) {
            if (!each.exact()) {
                byReason.merge(each.reason(), each.strategy(), (some, more) -> some + " " + more);
            }
        }
        return byReason;
    }

    /** What the table does not say, a sentence each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        whatIf.ofRun().stream()
                .filter(each -> each.loss() != null)
                .forEach(each -> notes.add(each.strategy() + " " + loss(each)));
        reasons().forEach((reason, strategies) -> notes.add("Bounds " + bounds(reason, strategies)));
        return notes;
    }
}
