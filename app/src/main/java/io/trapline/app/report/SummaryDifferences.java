package io.trapline.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What one analysis of a run says otherwise than another one. */
public final class SummaryDifferences {
    private SummaryDifferences() {}

    /** One line each, none where both say the same; {@code before} is the one that is compared with. */
    public static List<String> between(SummaryDocument before, SummaryDocument after) {
        List<String> lines = new ArrayList<>();
        compare(
                "kernels",
                before.run().profile().toString(),
                after.run().profile().toString(),
                lines);
        compareVerdicts(before, after, lines);
        compareFindings(before, after, lines);
        boolean sameExits = before.exits().equals(after.exits());
        if (!sameExits) {
            lines.add("exits: other counts or times");
        }
        boolean digests = JsonReport.digest(before).equals(JsonReport.digest(after));
        if (lines.isEmpty() && !digests) {
            lines.add("the documents differ in what is not listed here: compare them with --format json");
        }
        return lines;
    }

    private static void compare(String what, String before, String after, List<String> lines) {
        if (!before.equals(after)) {
            lines.add(what + ": " + before + " -> " + after);
        }
    }

    private static void compareVerdicts(SummaryDocument before, SummaryDocument after, List<String> lines) {
        Map<String, PolicyVerdict> known = before.policies().stream()
                .collect(Collectors.toMap(verdict -> verdict.policy().id(), Function.identity()));
        for (PolicyVerdict verdict : after.policies()) {
            PolicyVerdict other = known.get(verdict.policy().id());
            compare(verdict.policy().id(), other == null ? "not judged" : say(other), say(verdict), lines);
        }
    }

    private static String say(PolicyVerdict verdict) {
        return verdict.verdict().title() + " (checked " + verdict.checked() + ", undecided " + verdict.undecided()
                + ", violations " + verdict.violations() + ")";
    }

    private static void compareFindings(SummaryDocument before, SummaryDocument after, List<String> lines) {
        List<String> old = before.findings().stream().map(Finding::id).toList();
        List<String> now = after.findings().stream().map(Finding::id).toList();
        now.stream().filter(id -> !old.contains(id)).forEach(id -> lines.add("new finding " + id));
        old.stream().filter(id -> !now.contains(id)).forEach(id -> lines.add("no more finding " + id));
    }
}
