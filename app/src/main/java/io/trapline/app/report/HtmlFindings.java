package io.trapline.app.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Findings and outliers of the page: each with the events that show it. */
final class HtmlFindings {
    /** A page with thousands of them helps nobody. */
    private static final int SHOWN_MAX = 500;

    private final RunReport report;
    private final RunDescription run;

    HtmlFindings(RunReport report) {
        this.report = report;
        run = report.document().run();
    }

    List<Map<String, Object>> findings() {
        return report.document().findings().stream()
                .sorted(FindingText.WORST_FIRST)
                .limit(SHOWN_MAX)
                .map(this::finding)
                .toList();
    }

    /** What is left out; null where nothing is. */
    String moreFindings() {
        int more = report.document().findings().size() - SHOWN_MAX;
        return more > 0 ? "And " + HumanFigures.counted(more, "more finding") + ": --format json has all." : null;
    }

    private Map<String, Object> finding(Finding finding) {
        PolicyInfo policy = finding.policy();
        List<Map<String, Object>> says = new ArrayList<>();
        say("expected", finding.expected(), says);
        say("observed", finding.observed(), says);
        say("before", state(finding.stateBefore()), says);
        say("after", state(finding.stateAfter()), says);
        say("rule", finding.rule(), says);
        say("caught", policy.caught(), says);
        say("fixed in", policy.fixedIn(), says);
        say("id", finding.id(), says);
        return Map.of(
                "severity", finding.severity(),
                "policy", policy.id(),
                "title", policy.title() + (finding.isHint() ? " (hint: only probable)" : ""),
                "place", Lines.safe(FindingText.place(run, finding)),
                "says", says,
                "evidence",
                        finding.evidence().stream()
                                .map(line -> evidence(line, line.seq() == finding.seq()))
                                .toList());
    }

    private static void say(String name, String value, List<Map<String, Object>> says) {
        if (value != null && !value.isEmpty()) {
            says.add(Map.of("name", name, "value", Lines.safe(value)));
        }
    }

    private static String state(Map<String, String> items) {
        return items.entrySet().stream()
                .map(item -> item.getKey() + "=" + item.getValue())
                .collect(Collectors.joining(" "));
    }

    private Map<String, Object> evidence(Evidence line, boolean own) {
        return Map.of("text", text(line), "own", own);
    }

    private String text(Evidence line) {
        String moment = run.clock().moment(line.time());
        return line.position() + "  " + (moment.isEmpty() ? "" : moment + ": ") + Lines.safe(line.text());
    }

    /** Null where nobody asked for them. */
    Map<String, Object> outliers() {
        Outliers outliers = report.outliers();
        if (outliers == null) {
            return null;
        }
        boolean all = outliers.count() == outliers.longest().size();
        Map<String, Object> model = new HashMap<>();
        model.put(
                "about",
                OutlierText.counted(outliers)
                        + (all ? "." : "; the longest " + outliers.longest().size() + ":"));
        model.put("longest", outliers.longest().stream().map(this::outlier).toList());
        return model;
    }

    private Map<String, Object> outlier(Outlier outlier) {
        return Map.of(
                "duration", HumanFigures.duration(run.clock().nanos(outlier.duration())),
                "name", Lines.safe(outlier.reason() + " " + outlier.detail()),
                "place",
                        Lines.safe(run.place(outlier.exit().position()) + ", VM " + outlier.vm() + " vCPU "
                                + outlier.vcpu() + " " + outlier.level()),
                "records", outlier.records().stream().map(this::text).collect(Collectors.joining("\n")));
    }
}
