package io.trapline.app.diff;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether a percentile has moved: the share of exits that take longer than A's percentile, in A and in B, with the variance
 * that blocks show.
 */
final class Percentile {
    private Percentile() {}

    /** Of such a difference of shares, or a greater one, where nothing differs. */
    static double probability(ExitSample a, ExitSample b, int perMille) {
        int blocksA = a.blocks().size();
        int blocksB = b.blocks().size();
        if (blocksA < 2 || blocksB < 2) {
            return 1;
        }
        double limit = a.percentile(perMille);
        double varianceA = variance(a.blocks(), limit);
        double varianceB = variance(b.blocks(), limit);
        double variance = varianceA + varianceB;
        double distance = Math.abs(share(a.blocks(), limit) - share(b.blocks(), limit));
        if (distance == 0) {
            return 1;
        }
        double least = RankTest.leastProbability(blocksA, blocksB);
        if (variance == 0) {
            return least;
        }
        double freedom = Shift.freedom(varianceA, blocksA, varianceB, blocksB, variance);
        return Math.max(2 * TDistribution.of(freedom).survivalProbability(distance / Math.sqrt(variance)), least);
    }

    private static double variance(List<MeasuredBlock> blocks, double limit) {
        double share = share(blocks, limit);
        double samples = samples(blocks);
        return Clusters.variance(blocks, block -> above(block, limit) - share * block.samples()) / (samples * samples);
    }

    private static double share(List<MeasuredBlock> blocks, double limit) {
        return blocks.stream().mapToDouble(block -> above(block, limit)).sum() / samples(blocks);
    }

    private static double samples(List<MeasuredBlock> blocks) {
        return blocks.stream().mapToDouble(MeasuredBlock::samples).sum();
    }

    private static double above(MeasuredBlock block, double limit) {
        double above = 0;
        for (int place = 0; place < block.values().length; place++) {
            above += block.values()[place] > limit ? block.counts()[place] : 0;
        }
        return above;
    }
}
