package io.trapline.app.thread;

import io.trapline.app.report.CycleCosts;
import io.trapline.app.report.StrategyFigures;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One page: the three questions of the mail of 2022-01-04, what was claimed, what guests pay when they are run, and which
 * variants lose state. What is confirmed and what refuted is computed.
 */
public final class ThreadPage {
    private static final List<String> VARIANTS = List.of(
            "S2/T1/I1", "S6/T2/I2", "S1/T7/I4", "S1/T7/I5", "S6/T1/I1", "S4/T1/I1", "S1/T3/I1", "S1/T4/I1", "S1/T1/I4");

    private final Map<GuestKind, Measured> measured = new EnumMap<>(GuestKind.class);

    private ThreadPage(long seed, CycleCosts costs) {
        for (GuestKind kind : GuestKind.values()) {
            measured.put(kind, Measured.of(kind, seed, costs));
        }
    }

    /** Runs the guests and writes the page. */
    public static String write(long seed, CycleCosts costs) {
        ThreadPage page = new ThreadPage(seed, costs);
        StringBuilder out = new StringBuilder();
        page.appendGuests(out);
        page.appendClaims(out);
        page.appendVariants(out);
        return out.toString();
    }

    /** Only the claims, a line each. */
    public static String claims(long seed, CycleCosts costs) {
        StringBuilder out = new StringBuilder();
        new ThreadPage(seed, costs).appendClaims(out);
        return out.toString();
    }

    private void appendGuests(StringBuilder out) {
        out.append(
                "AMX support in KVM, three questions left open on 2022-01-04. Emulated guests under the kernel as it is:\n\n");
        out.append(String.format(
                "  %-40s %5s %9s %9s %8s %14s%n", "guest", "level", "exits", "syncs", "#NM", "cycles for XFD"));
        for (Measured each : measured.values()) {
            for (String level : List.of(Measured.L1, Measured.L2)) {
                each.at(Measured.S1, level)
                        .ifPresent(figures -> out.append(String.format(
                                "  %-40s %5s %,9d %9s %8s %14s%n",
                                level.equals(Measured.L1) ? each.kind().title() : "",
                                level,
                                each.exits(level),
                                StrategyFigures.countOf(figures.syncs()),
                                StrategyFigures.countOf(figures.nmExits()),
                                each.whatIf().cycles(figures))));
            }
        }
    }

    private void appendClaims(StringBuilder out) {
        out.append(
                "\nWhere the write emulation lives (vmx.c, x86.c with a callback, or tables in the core): no exit, sync or\n"
                        + "trap differs, so there is nothing to measure. What was said on the other two, and what came out:\n\n");
        for (Claim claim : new Claims(measured).all()) {
            out.append(String.format(
                    "  %-9s %s%n            %s%n",
                    claim.confirmed() ? "confirmed" : "refuted", claim.said(), claim.figures()));
        }
    }

    private void appendVariants(StringBuilder out) {
        out.append("\nOther variants, over the guests above:\n\n");
        for (String variant : VARIANTS) {
            long seen = 0;
            Measured lost = null;
            for (Measured each : measured.values()) {
                seen++;
                lost = lost == null && each.run(variant).loss() != null ? each : lost;
            }
            out.append(String.format("  %-9s ", variant))
                    .append(verdict(variant, lost, seen))
                    .append('\n');
        }
    }

    private String verdict(String variant, Measured lost, long guests) {
        if (lost != null) {
            StrategyFigures figures = lost.run(variant);
            return "loses state: " + lost.kind().title() + ", " + figures.loss().getLevel() + ", event "
                    + figures.loss().getSeq() + "\n            "
                    + figures.loss().getEvidence();
        }
        Measured amx = measured.get(GuestKind.L2_AMX);
        return "no loss in " + guests + " guests; with AMX in L2 "
                + amx.whatIf().difference(amx.run(variant)) + " cycles against " + Measured.S1;
    }
}
