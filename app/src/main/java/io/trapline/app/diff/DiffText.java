package io.trapline.app.diff;

import io.trapline.app.diff.Comparison.ShownDivergence;
import io.trapline.app.diff.Divergence.Way;
import io.trapline.app.diff.JudgementChanges.VerdictChange;
import io.trapline.app.report.Finding;
import io.trapline.app.report.HumanFigures;
import io.trapline.app.report.Ink;
import io.trapline.app.report.Lines;
import io.trapline.app.report.RunClock;
import io.trapline.app.report.SummaryDocument;
import io.trapline.app.report.TextReport;
import io.trapline.app.report.TextTable;
import io.trapline.app.report.TextTable.Side;
import io.trapline.app.report.TracePlaces;
import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.event.EventFamily;
import java.util.List;

/** A comparison for people, at 100 columns: the gates, what became worse and better, findings, decisions. */
final class DiffText {
    private static final int SHOWN_MAX = 20;
    private static final int VCPUS_MAX = 4;
    private static final String NEW = "new ";
    private static final List<Side> SIDES =
            List.of(Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT);

    private final Comparison comparison;
    private final List<GateResult> gates;
    private final Ink ink;
    private final StringBuilder out = new StringBuilder();

    DiffText(Comparison comparison, List<GateResult> gates, boolean colours) {
        this.comparison = comparison;
        this.gates = gates;
        ink = new Ink(colours);
    }

    String write() {
        out.append(
                Lines.listed("A  ", TextReport.facts(comparison.a().document().run())));
        out.append(
                Lines.listed("B  ", TextReport.facts(comparison.b().document().run())));
        appendGates();
        appendExits();
        appendFindings();
        appendDivergences();
        return out.toString();
    }

    private void heading(String text) {
        out.append('\n').append(ink.heading(text)).append('\n');
    }

    private void appendGates() {
        if (gates.isEmpty()) {
            return;
        }
        heading("Gates");
        for (GateResult gate : gates) {
            out.append(gate.fails() ? ink.alarm("  FAILED  ") : ink.good("  holds   "))
                    .append(gate.gate())
                    .append('\n');
            limited(gate.failures()).forEach(failure -> out.append(Lines.wrapped("            ", failure)));
            more(gate.failures().size(), "more reason", "more reasons");
        }
    }

    private static <T> List<T> limited(List<T> all) {
        return all.stream().limit(SHOWN_MAX).toList();
    }

    private void more(int number, String one, String many) {
        if (number > SHOWN_MAX) {
            out.append("  and ")
                    .append(HumanFigures.counted(number - SHOWN_MAX, one, many))
                    .append(": --format json has all.\n");
        }
    }

    private void appendExits() {
        if (!comparison.a().measuresTime() || !comparison.b().measuresTime()) {
            out.append('\n')
                    .append(Lines.wrapped(
                            "",
                            "Exits are not compared: the unit of a run's clock is not known (--tsc-khz may say it)."));
            return;
        }
        section("Worse", comparison.changed(true));
        section("Better", comparison.changed(false));
        long compared = comparison.exits().stream()
                .filter(change -> change.cost() != null || change.rate() != null)
                .count();
        long same = comparison.exits().stream()
                .filter(change -> change.changes().isEmpty())
                .filter(change -> change.cost() != null || change.rate() != null)
                .count();
        long rare = comparison.exits().size() - compared;
        heading("Noise");
        out.append(Lines.wrapped(
                "  ",
                HumanFigures.counted(same, "kind of exits does", "kinds of exits do") + " not differ beyond it; "
                        + HumanFigures.counted(rare, "is", "are") + " too rare to compare. Rates are exits per"
                        + " second that the guest ran, costs by the mean with the longest hundredth of both cut"
                        + " to the 99th percentile. Halts are no exit cost: only their number is compared."
                        + preemption()
                        + ChangeWords.common(comparison.commonPercent())));
    }

    private String preemption() {
        String family = EventFamily.SCHED.title();
        boolean recorded = comparison.a().recorded().contains(family)
                || comparison.b().recorded().contains(family);
        return recorded ? " Time in which the thread was preempted is in an exit's time." : "";
    }

    private void section(String title, List<ExitChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        heading(title);
        TextTable table = new TextTable(SIDES);
        List<ExitChange> shown = limited(changes);
        for (ExitChange change : shown) {
            table.row(row("A", change.a()));
            table.row(row("B", change.b()));
        }
        List<String> lines = table.lines();
        for (int place = 0; place < shown.size(); place++) {
            ExitChange change = shown.get(place);
            labelled(
                    ChangeWords.changes(change),
                    change.isRegression(),
                    ChangeWords.name(change.kind()) + ": " + ChangeWords.effects(change));
            out.append("    ").append(lines.get(2 * place)).append('\n');
            out.append("    ").append(lines.get(2 * place + 1)).append('\n');
        }
        more(changes.size(), "more kind of exits", "more kinds of exits");
    }

    private static List<String> row(String run, ExitSample sample) {
        if (sample.samples() == 0) {
            return List.of(run, "none", "", "", "", "");
        }
        return List.of(
                run,
                HumanFigures.counted(sample.samples(), "exit"),
                ChangeWords.perSecond(sample.perGuestSecond()),
                "mean " + ChangeWords.duration(sample.mean()),
                "p50 " + ChangeWords.duration(sample.percentile(500)),
                "p99 " + ChangeWords.duration(sample.percentile(990)));
    }

    private void appendFindings() {
        JudgementChanges judgements = comparison.judgements();
        heading("Findings");
        if (judgements.fresh().isEmpty()
                && judgements.gone().isEmpty()
                && judgements.verdicts().isEmpty()) {
            out.append("  the same\n");
            return;
        }
        findings(NEW, judgements.fresh(), comparison.b().document());
        findings("gone", judgements.gone(), comparison.a().document());
        for (VerdictChange change : judgements.verdicts()) {
            out.append(Lines.wrapped(
                    "  ",
                    change.b().policy().id() + "  " + change.a().verdict().title() + " -> "
                            + change.b().verdict().title() + "  "
                            + change.b().policy().title()));
        }
    }

    /** A line for each policy and level: of several causes the first stands for all. */
    private void findings(String title, List<Finding> findings, SummaryDocument document) {
        List<List<Finding>> grouped = JudgementChanges.byPolicy(findings);
        for (List<Finding> group : limited(grouped)) {
            Finding first = group.get(0);
            labelled(
                    title,
                    title.equals(NEW),
                    first.severity() + "  " + first.policy().id() + " "
                            + first.policy().title() + (first.isHint() ? " (hint: only probable)" : "") + ", "
                            + first.level() + ", " + document.run().place(first.position())
                            + (group.size() == 1 ? "" : ", and " + (group.size() - 1) + " more"));
        }
        more(grouped.size(), "more policy", "more policies");
    }

    /** Lines of text behind a word, which alone is coloured: codes for a terminal take no room on the page. */
    private void labelled(String label, boolean worse, String text) {
        String lines = Lines.wrapped("  " + label + "  ", text);
        out.append("  ").append(worse ? ink.alarm(label) : ink.good(label)).append(lines.substring(2 + label.length()));
    }

    private void appendDivergences() {
        heading("First decision that differs");
        List<ShownDivergence> all = comparison.divergences();
        if (all.isEmpty()) {
            out.append("  No vCPU is in both runs.\n");
            return;
        }
        // Those that part by a decision first; else the order of vCPUs.
        List<ShownDivergence> ordered = all.stream()
                .sorted((one, other) -> Boolean.compare(
                        other.divergence().isOfHypervisor(), one.divergence().isOfHypervisor()))
                .toList();
        ordered.stream().limit(VCPUS_MAX).forEach(this::append);
        if (ordered.size() > VCPUS_MAX) {
            out.append("  and ")
                    .append(HumanFigures.counted(ordered.size() - VCPUS_MAX, "more vCPU"))
                    .append(": --format json has all.\n");
        }
    }

    private void append(ShownDivergence shown) {
        Divergence at = shown.divergence();
        String vcpu = "VM " + at.vm() + " vCPU " + at.vcpu() + ": ";
        if (at.way() == Way.NONE) {
            out.append(Lines.wrapped("  ", vcpu + HumanFigures.counted(at.compared(), "decision") + ", all the same"));
            return;
        }
        out.append(Lines.wrapped("  ", vcpu + story(at)));
        lines("A", shown.linesA(), comparison.a().document());
        lines("B", shown.linesB(), comparison.b().document());
    }

    private static String story(Divergence at) {
        String before = at.before() == 0
                ? HumanFigures.counted(at.compared(), "decision") + " the same, then "
                : "after " + HumanFigures.counted(at.compared(), "decision") + ", in which the guests differ by "
                        + HumanFigures.counted(at.before(), "exit") + ", ";
        String exit = at.kind() == null ? "" : ChangeWords.name(at.kind()) + ": ";
        return switch (at.way()) {
            case NONE -> before;
            case GUESTS ->
                "no decision differs in " + HumanFigures.counted(at.compared(), "exit")
                        + "; the guests did different things, first this:";
            case UNALIGNED ->
                exit + "in the same state A " + String.join(", ", at.decidedA()) + "; B "
                        + String.join(", ", at.decidedB());
            case DECISION ->
                before + exit + "A " + String.join(", ", at.decidedA()) + "; B " + String.join(", ", at.decidedB());
            case INTERCEPTION ->
                before + exit + "intercepted on one side only: A has " + String.join(", ", at.decidedA()) + ", B has "
                        + String.join(", ", at.decidedB());
        };
    }

    private void lines(String side, List<EvidenceLine> lines, SummaryDocument document) {
        TracePlaces places = new TracePlaces(document.run().source(), clock(document));
        for (int place = 0; place < lines.size(); place++) {
            String first = place == 0 ? side + "  " + places.source() + ":" : "   ";
            out.append("    ").append(first).append(place == 0 ? "\n       " : "");
            out.append("  ").append(places.text(lines.get(place))).append('\n');
        }
    }

    private static RunClock clock(SummaryDocument document) {
        return document.run().clock();
    }
}
