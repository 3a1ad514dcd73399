package io.trapline.app.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Findings for people: what should have been, what was, and the lines of the recording that show it. */
final class FindingText {
    /** Findings shown under one heading. */
    private static final int SHOWN_MAX = 20;

    private static final List<String> SEVERITIES = List.of("LOST", "WRONG", "SECURITY", "TRACE", "PERF");
    static final Comparator<Finding> WORST_FIRST =
            Comparator.comparingInt(finding -> SEVERITIES.indexOf(finding.severity()));

    private final RunDescription run;
    private final List<Finding> findings;
    private final Ink ink;

    FindingText(SummaryDocument document, Ink ink) {
        run = document.run();
        findings = document.findings();
        this.ink = ink;
    }

    void append(StringBuilder out) {
        section("Findings", findings.stream().filter(finding -> !finding.isOfRecording()), out);
        section("Recording", findings.stream().filter(Finding::isOfRecording), out);
    }

    private void section(String heading, Stream<Finding> found, StringBuilder out) {
        // Sorting is stable: within a severity the document's order stays.
        List<Finding> sorted = found.sorted(WORST_FIRST).toList();
        if (sorted.isEmpty()) {
            return;
        }
        out.append('\n').append(ink.heading(heading)).append('\n');
        sorted.stream().limit(SHOWN_MAX).forEach(finding -> append(finding, out));
        if (sorted.size() > SHOWN_MAX) {
            out.append("  and ")
                    .append(HumanFigures.counted(sorted.size() - SHOWN_MAX, "more finding"))
                    .append(": --format json has all.\n");
        }
    }

    /** One finding alone. */
    String text(Finding finding) {
        StringBuilder out = new StringBuilder();
        append(finding, out);
        return out.toString();
    }

    private void append(Finding finding, StringBuilder out) {
        PolicyInfo policy = finding.policy();
        out.append("  ").append(severity(finding)).append("  ").append(policy.id());
        out.append(' ')
                .append(policy.title())
                .append(finding.isHint() ? " (hint: only probable)" : "")
                .append('\n');
        out.append("    ").append(Lines.safe(place(run, finding))).append('\n');
        out.append(Lines.wrapped("    expected  ", finding.expected()));
        out.append(Lines.wrapped("    observed  ", finding.observed()));
        appendEvidence(finding, out);
        appendState("    before    ", finding.stateBefore(), out);
        appendState("    after     ", finding.stateAfter(), out);
        out.append(Lines.wrapped("    rule      ", finding.rule()));
        if (policy.caught() != null) {
            out.append(Lines.wrapped("    caught    ", policy.caught()));
        }
        if (policy.fixedIn() != null) {
            out.append(Lines.wrapped("    fixed in  ", policy.fixedIn()));
        }
        // Not wrapped: people copy it for trapline explain.
        out.append("    id        ").append(Lines.safe(finding.id())).append('\n');
    }

    private static void appendState(String title, Map<String, String> items, StringBuilder out) {
        if (!items.isEmpty()) {
            String state = items.entrySet().stream()
                    .map(item -> item.getKey() + "=" + item.getValue())
                    .collect(Collectors.joining(" "));
            out.append(Lines.wrapped(title, state));
        }
    }

    private String severity(Finding finding) {
        return switch (finding.severity()) {
            case "LOST", "WRONG", "SECURITY" -> ink.alarm(finding.severity());
            default -> ink.warning(finding.severity());
        };
    }

    static String place(RunDescription run, Finding finding) {
        String times = finding.count() == 1
                ? "once"
                : HumanFigures.count(finding.count()) + " times, events " + finding.first() + " to " + finding.last();
        String moment = run.clock().moment(finding.time());
        return run.place(finding.position()) + (moment.isEmpty() ? "" : " at " + moment + " s") + ", VM " + finding.vm()
                + " vCPU " + finding.vcpu() + " " + finding.level() + ", " + times;
    }

    /** The line of the finding itself is marked. Lines are not cut or wrapped: people search for them in the file. */
    private void appendEvidence(Finding finding, StringBuilder out) {
        int width = finding.evidence().stream()
                .mapToInt(line -> Long.toString(line.position()).length())
                .max()
                .orElse(0);
        for (Evidence line : finding.evidence()) {
            boolean own = line.seq() == finding.seq();
            String position = Long.toString(line.position());
            String moment = run.clock().moment(line.time());
            String text = (own ? "    > " : "      ") + " ".repeat(width - position.length()) + position + "  "
                    + (moment.isEmpty() ? "" : moment + ": ") + Lines.safe(line.text());
            out.append(own ? ink.heading(text) : text).append('\n');
        }
    }
}
