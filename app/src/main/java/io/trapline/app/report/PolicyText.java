package io.trapline.app.report;

import io.trapline.app.report.TextTable.Side;
import io.trapline.streams.policy.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The policies of a run for people: a table of verdicts, and one line on what could not be judged. */
final class PolicyText {
    private static final String MODEL = "model";

    private final List<PolicyVerdict> verdicts;
    private final Ink ink;

    PolicyText(SummaryDocument document, Ink ink) {
        verdicts = document.policies();
        this.ink = ink;
    }

    void append(StringBuilder out) {
        if (verdicts.isEmpty()) {
            return;
        }
        out.append('\n').append(ink.heading("Policies")).append('\n');
        TextTable table = new TextTable(List.of(Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT));
        verdicts.forEach(verdict -> table.row(List.of(
                verdict.policy().id(),
                verdict.verdict().title(),
                figures(verdict),
                verdict.policy().title())));
        List<String> lines = table.lines();
        for (int i = 0; i < lines.size(); i++) {
            String line = Lines.cut("  " + lines.get(i));
            out.append(painted(line, verdicts.get(i))).append('\n');
            appendDecidedBy(verdicts.get(i), out);
        }
        appendNotJudged(out);
    }

    private void appendDecidedBy(PolicyVerdict verdict, StringBuilder out) {
        if (verdict.decidedBy() != null) {
            out.append(ink.warning("       undecided: " + wouldDecide(verdict))).append('\n');
        }
    }

    static String wouldDecide(PolicyVerdict verdict) {
        return verdict.decidedBy().inWords() + " would make it right";
    }

    private String painted(String line, PolicyVerdict verdict) {
        return switch (verdict.verdict()) {
            case CONFORMS -> ink.good(line);
            case VIOLATED -> ink.alarm(line);
            case UNDECIDED -> ink.warning(line);
            case NOT_APPLICABLE -> ink.faint(line);
        };
    }

    static String figures(PolicyVerdict verdict) {
        String judged = switch (verdict.verdict()) {
            case CONFORMS -> HumanFigures.count(verdict.checked()) + " checked";
            case VIOLATED ->
                HumanFigures.count(verdict.violations()) + " of "
                        + HumanFigures.count(verdict.violations() + verdict.checked());
            case UNDECIDED -> "";
            case NOT_APPLICABLE -> whyNot(verdict);
        };
        String undecided = verdict.undecided() == 0 ? "" : HumanFigures.count(verdict.undecided()) + " undecided";
        return judged.isEmpty() || undecided.isEmpty() ? judged + undecided : judged + ", " + undecided;
    }

    private static String whyNot(PolicyVerdict verdict) {
        if (!verdict.policy().onThisIsa()) {
            return "not on this ISA";
        } else if (verdict.policy().kind().equals(MODEL)) {
            return "only an emulator shows it";
        } else if (!verdict.missing().isEmpty()) {
            return "no " + String.join(", ", verdict.missing());
        }
        return verdict.policy().input() == null
                ? "nothing to judge"
                : "no " + verdict.policy().input() + " told";
    }

    /** One line, however long: what a person copies must not be broken. */
    private void appendNotJudged(StringBuilder out) {
        List<PolicyVerdict> notRecorded = verdicts.stream()
                .filter(verdict ->
                        !verdict.missing().isEmpty() && !verdict.policy().kind().equals(MODEL))
                .toList();
        Map<Boolean, List<PolicyVerdict>> undecided = verdicts.stream()
                .filter(verdict -> verdict.verdict() == Verdict.UNDECIDED)
                .collect(Collectors.partitioningBy(verdict -> verdict.decidedBy() != null));
        List<String> causes = new ArrayList<>();
        if (!notRecorded.isEmpty()) {
            causes.add(ids(notRecorded) + " (not recorded: " + String.join(", ", missing(notRecorded)) + ")");
        }
        undecided.get(true).forEach(verdict -> causes.add(verdict.policy().id() + " (" + wouldDecide(verdict) + ")"));
        if (!undecided.get(false).isEmpty()) {
            causes.add(ids(undecided.get(false)) + " (the evidence does not suffice)");
        }
        if (causes.isEmpty()) {
            return;
        }
        out.append("\nNot judged: ").append(String.join("; ", causes)).append('.');
        String recipe = recipe(notRecorded);
        out.append(recipe == null ? "" : " To record: " + recipe).append('\n');
    }

    private static String ids(Collection<PolicyVerdict> verdicts) {
        return verdicts.stream().map(verdict -> verdict.policy().id()).collect(Collectors.joining(", "));
    }

    private static Set<String> missing(Collection<PolicyVerdict> verdicts) {
        return verdicts.stream()
                .flatMap(verdict -> verdict.missing().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String recipe(Collection<PolicyVerdict> verdicts) {
        List<PolicyVerdict> recordable =
                verdicts.stream().filter(verdict -> verdict.recipe() != null).toList();
        Set<String> needs = recordable.stream()
                .flatMap(verdict -> verdict.policy().needs().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return needs.isEmpty() ? null : Recipe.of(missing(recordable), needs);
    }
}
