package io.trapline.app.diff;

import io.trapline.app.report.Finding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must not happen from A to B: {@code p99>+10%}, {@code regression}, {@code new-violation} or {@code divergence}. */
public final class Gate {
    private static final Pattern OF_FIGURE = Pattern.compile(
            "(?<figure>p50|p90|p99|mean|max|time|samples)(\\[(?<only>[^\\]]+)\\])?>\\+(?<percent>\\d{1,6}(\\.\\d{1,3})?)%",
            Pattern.CASE_INSENSITIVE);
    private static final double PERCENT = 100;

    private final String text;
    private final Test test;

    /** Says of a comparison where it goes too far: a sentence each, none where it does not. */
    private interface Test {
        List<String> failures(Comparison comparison);
    }

    private Gate(String text, Test test) {
        this.text = text;
        this.test = test;
    }

    /** The gate that a user writes; an {@link IllegalArgumentException} says what is wrong with it. */
    public static Gate parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "regression" -> new Gate(text, Gate::regressions);
            case "new-violation" -> new Gate(text, Gate::violations);
            case "divergence" -> new Gate(text, Gate::divergences);
            default -> ofFigure(text);
        };
    }

    private static Gate ofFigure(String text) {
        Matcher parts = OF_FIGURE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a gate is regression, new-violation, divergence, or a figure (p50, p90,"
                    + " p99, mean, max, time, samples) and a limit, such as 'p99>+10%' or 'mean[msr]>+5%'.");
        }
        Figure figure = Figure.valueOf(parts.group("figure").toUpperCase(Locale.ROOT));
        String only = parts.group("only") == null ? "" : parts.group("only").toLowerCase(Locale.ROOT);
        BigDecimal percent = new BigDecimal(parts.group("percent"));
        return new Gate(text, comparison -> grown(comparison, figure, only, percent.doubleValue()));
    }

    /** As the user wrote it. */
    String text() {
        return text;
    }

    List<String> failures(Comparison comparison) {
        return test.failures(comparison);
    }

    private static List<String> regressions(Comparison comparison) {
        return comparison.changed(true).stream().map(ChangeWords::sentence).toList();
    }

    private static List<String> violations(Comparison comparison) {
        return JudgementChanges.byPolicy(comparison.judgements().violations()).stream()
                .map(Gate::said)
                .toList();
    }

    private static String said(List<Finding> findings) {
        Finding first = findings.get(0);
        String more = findings.size() == 1 ? "" : " and " + (findings.size() - 1) + " more";
        return first.id() + more + ": " + first.policy().title();
    }

    private static List<String> divergences(Comparison comparison) {
        return comparison.ofHypervisor().stream()
                .map(shown -> ChangeWords.sentence(shown.divergence()))
                .toList();
    }

    private static List<String> grown(Comparison comparison, Figure figure, String only, double percent) {
        List<ExitChange> watched = comparison.exits().stream()
                .filter(figure::compares)
                .filter(change -> change.kind().named().toLowerCase(Locale.ROOT).contains(only))
                .toList();
        List<Double> corrected = Holm.corrected(watched.stream()
                .map(change -> figure.probability(change.a(), change.b()))
                .toList());
        List<String> failures = new ArrayList<>();
        for (int place = 0; place < watched.size(); place++) {
            ExitChange change = watched.get(place);
            double before = figure.of(change.a());
            double after = figure.of(change.b());
            if (after > before * (1 + percent / PERCENT) && corrected.get(place) < ExitChanges.ERROR_RATE) {
                failures.add(ChangeWords.grown(change, figure, before, after));
            }
        }
        return failures;
    }
}
