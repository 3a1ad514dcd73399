package io.trapline.app.diff;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The rank test of Mann and Whitney for observations that come in blocks: how probable it is that an exit of B takes
 * longer than one of A (ties count half), with the variance that the blocks show, not the exits.
 *
 * @param dearer the probability; one half where nothing differs
 * @param probability of such a result or a clearer one, in either direction, where nothing differs
 */
record RankTest(double dearer, double probability) {
    private static final double HALF = 0.5;

    static RankTest of(List<MeasuredBlock> a, List<MeasuredBlock> b) {
        if (a.size() < 2 || b.size() < 2) {
            return new RankTest(HALF, 1);
        }
        Ranks ofA = new Ranks(a);
        Ranks ofB = new Ranks(b);
        double dearer = b.stream().mapToDouble(block -> ofA.sumBelow(block)).sum() / ofB.samples;
        double varianceA =
                Clusters.variance(a, block -> block.samples() - ofB.sumBelow(block) - dearer * block.samples())
                        / square(ofA.samples);
        double varianceB =
                Clusters.variance(b, block -> ofA.sumBelow(block) - dearer * block.samples()) / square(ofB.samples);
        return new RankTest(
                dearer,
                Math.max(
                        probability(dearer - HALF, varianceA, a.size(), varianceB, b.size()),
                        leastProbability(a.size(), b.size())));
    }

    private static double square(long number) {
        return (double) number * number;
    }

    private static double probability(double shift, double varianceA, int blocksA, double varianceB, int blocksB) {
        double variance = varianceA + varianceB;
        if (variance == 0) {
            return shift == 0 ? 1 : 0;
        }
        double freedom = Shift.freedom(varianceA, blocksA, varianceB, blocksB, variance);
        return 2 * TDistribution.of(freedom).survivalProbability(Math.abs(shift) / Math.sqrt(variance));
    }

    /** However clear: all blocks of one run lie above those of the other by chance once in so many ways to deal them. */
    static double leastProbability(int blocksA, int blocksB) {
        double ways = 1;
        for (int drawn = 1; drawn <= blocksA; drawn++) {
            ways *= (double) (blocksB + drawn) / drawn;
        }
        return Math.min(2 / ways, 1);
    }

    /** The durations of one run in their order. */
    private static final class Ranks {
        private final long samples;
        /** Of each duration: how many are shorter, where half of the equal ones count as shorter. */
        private final SortedMap<Double, Double> below = new TreeMap<>();

        private Ranks(List<MeasuredBlock> blocks) {
            SortedMap<Double, Long> counts = new TreeMap<>();
            for (MeasuredBlock block : blocks) {
                for (int place = 0; place < block.values().length; place++) {
                    counts.merge(block.values()[place], block.counts()[place], Long::sum);
                }
            }
            long passed = 0;
            for (Map.Entry<Double, Long> one : counts.entrySet()) {
                below.put(one.getKey(), passed + one.getValue() * HALF);
                passed += one.getValue();
                // What lies behind this duration and before the next one.
                below.putIfAbsent(Math.nextUp(one.getKey()), (double) passed);
            }
            samples = passed;
        }

        /** The sum over the exits of a block of the share of exits here that are shorter. */
        private double sumBelow(MeasuredBlock block) {
            double sum = 0;
            for (int place = 0; place < block.values().length; place++) {
                SortedMap<Double, Double> upTo = below.headMap(Math.nextUp(block.values()[place]));
                sum += upTo.isEmpty() ? 0 : upTo.get(upTo.lastKey()) * block.counts()[place];
            }
            return sum / samples;
        }
    }
}
