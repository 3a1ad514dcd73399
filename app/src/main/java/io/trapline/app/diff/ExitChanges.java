package io.trapline.app.diff;

import io.trapline.app.diff.ExitChange.Change;
import io.trapline.app.report.ExitCost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares all exits of two runs, kind by kind. Pure: the same samples give the same answer. */
final class ExitChanges {
    /** Of a family of answers, so many are wrong where nothing differs. */
    static final double ERROR_RATE = 0.01;

    static final double EFFECT_MIN = 0.03;
    /** How much a guest has to do varies more from run to run than what it takes. */
    static final double RATE_EFFECT_MIN = 0.1;

    static final long SAMPLES_MIN = 50;

    /** Exits as they were tested: the probabilities wait for their correction. */
    private record Tested(ExitKind kind, ExitSample a, ExitSample b, Cost cost, Rate rate) {}

    private ExitChanges() {}

    /** The kinds of both runs, those that weigh most first. */
    static List<ExitChange> between(MeasuredRun a, MeasuredRun b) {
        Set<ExitKind> kinds = new TreeSet<>(a.samples().keySet());
        kinds.addAll(b.samples().keySet());
        List<Tested> tested = kinds.stream()
                .map(kind -> test(kind, sample(a, kind), sample(b, kind)))
                .toList();
        return decide(tested).stream()
                .sorted(Comparator.comparingDouble(ExitChange::weight)
                        .reversed()
                        .thenComparing(ExitChange::kind))
                .toList();
    }

    private static ExitSample sample(MeasuredRun run, ExitKind kind) {
        Map<ExitKind, ExitSample> samples = run.samples();
        return samples.getOrDefault(kind, ExitSample.none(run.nanosPerUnit(), run.guestNanos(kind.place())));
    }

    private static Tested test(ExitKind kind, ExitSample a, ExitSample b) {
        boolean costs = !ExitCost.isHalt(kind.reason()) && a.samples() >= SAMPLES_MIN && b.samples() >= SAMPLES_MIN;
        boolean counts = Math.max(a.samples(), b.samples()) >= SAMPLES_MIN && a.guestNanos() > 0 && b.guestNanos() > 0;
        return new Tested(kind, a, b, costs ? Cost.of(a, b) : null, counts ? Rate.of(a, b) : null);
    }

    private static List<ExitChange> decide(List<Tested> tested) {
        List<Double> probabilities = new ArrayList<>();
        for (Tested each : tested) {
            if (each.cost() != null) {
                probabilities.add(each.cost().ranks().probability());
            }
            if (each.rate() != null) {
                probabilities.add(each.rate().probability());
            }
        }
        List<Double> corrected = Holm.corrected(probabilities);
        List<ExitChange> changes = new ArrayList<>();
        int next = 0;
        for (Tested each : tested) {
            List<Change> found = new ArrayList<>();
            if (each.cost() != null && corrected.get(next++) < ERROR_RATE) {
                addCost(each.cost(), found);
            }
            if (each.rate() != null && corrected.get(next++) < ERROR_RATE) {
                addRate(each, found);
            }
            changes.add(new ExitChange(each.kind(), each.a(), each.b(), each.cost(), each.rate(), found));
        }
        return changes;
    }

    private static void addCost(Cost cost, List<Change> found) {
        if (cost.isClear() && cost.effect().isAtLeast(EFFECT_MIN)) {
            found.add(cost.effect().log() > 0 ? Change.DEARER : Change.CHEAPER);
        }
    }

    private static void addRate(Tested tested, List<Change> found) {
        if (tested.a().samples() == 0) {
            found.add(Change.NEW);
        } else if (tested.b().samples() == 0) {
            found.add(Change.GONE);
        } else if (tested.rate().shift().isAtLeast(RATE_EFFECT_MIN)) {
            found.add(tested.rate().shift().log() > 0 ? Change.MORE : Change.FEWER);
        }
    }
}
