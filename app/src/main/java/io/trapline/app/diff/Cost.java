package io.trapline.app.diff;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whether exits became dearer: the rank test over all of their times, and how far the mean has moved. For the latter the
 * longest hundredth counts as the 99th percentile of both runs: a few exits during which the host did something else
 * would hide everything.
 */
record Cost(RankTest ranks, Shift effect) {
    private static final double CAPPED = 0.99;

    static Cost of(ExitSample a, ExitSample b) {
        double cap = cap(a, b);
        return new Cost(
                RankTest.of(a.blocks(), b.blocks()),
                Shift.of(
                        mean(a, cap),
                        mean(b, cap),
                        Clusters.relativeVarianceOfRatio(
                                a.blocks(), block -> block.sumUpTo(cap), MeasuredBlock::samples),
                        a.blocks().size(),
                        Clusters.relativeVarianceOfRatio(
                                b.blocks(), block -> block.sumUpTo(cap), MeasuredBlock::samples),
                        b.blocks().size()));
    }

    private static double mean(ExitSample sample, double cap) {
        return sample.blocks().stream().mapToDouble(block -> block.sumUpTo(cap)).sum() / sample.samples();
    }

    private static double cap(ExitSample a, ExitSample b) {
        TreeMap<Double, Long> counts = new TreeMap<>();
        for (MeasuredBlock block :
                Stream.of(a.blocks(), b.blocks()).flatMap(List::stream).toList()) {
            for (int place = 0; place < block.values().length; place++) {
                counts.merge(block.values()[place], block.counts()[place], Long::sum);
            }
        }
        double rank = (a.samples() + b.samples()) * CAPPED;
        long passed = 0;
        for (Map.Entry<Double, Long> one : counts.entrySet()) {
            passed += one.getValue();
            if (passed >= rank) {
                return one.getKey();
            }
        }
        return counts.lastKey();
    }

    /** Both agree on the direction, and the interval of the effect leaves nothing out. */
    boolean isClear() {
        boolean up = ranks.dearer() > 0.5;
        return up ? effect.log() > 0 && effect.fromPercent() > 0 : effect.log() < 0 && effect.toPercent() < 0;
    }
}
