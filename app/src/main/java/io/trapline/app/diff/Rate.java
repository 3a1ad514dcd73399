package io.trapline.app.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether exits became more frequent: their number per second that the guest ran, so that dearer exits, which leave less
 * time for the guest, do not make all others seem rarer.
 *
 * @param probability of such a change, or a greater one, where nothing differs
 */
record Rate(Shift shift, double probability) {
    /** With fewer blocks on a side, its own blocks do not say how its number varies. */
    private static final int BLOCKS_MIN = 4;

    private static final double ANSCOMBE = 3.0 / 8;

    static Rate of(ExitSample a, ExitSample b) {
        List<MeasuredBlock> blocksA = a.blocks();
        List<MeasuredBlock> blocksB = b.blocks();
        if (blocksA.size() >= BLOCKS_MIN && blocksB.size() >= BLOCKS_MIN) {
            Shift shift = Shift.of(
                    a.perGuestSecond(),
                    b.perGuestSecond(),
                    countVariance(blocksA) / square(a.samples()),
                    blocksA.size(),
                    countVariance(blocksB) / square(b.samples()),
                    blocksB.size());
            return new Rate(shift, shift.probability());
        }
        return ofFew(a, b);
    }

    private static double square(long number) {
        return (double) number * number;
    }

    /**
     * Each vCPU has a rate of its own, from which its blocks deviate. Where most have too few blocks to show one, the vCPUs
     * deviate from what they have in common.
     */
    private static double countVariance(List<MeasuredBlock> blocks) {
        Map<Integer, double[]> totals = new TreeMap<>();
        double[] all = new double[2];
        for (MeasuredBlock block : blocks) {
            for (double[] total : List.of(totals.computeIfAbsent(block.vcpu(), vcpu -> new double[2]), all)) {
                total[0] += block.samples();
                total[1] += block.guestNanos();
            }
        }
        if (blocks.size() >= BLOCKS_MIN * totals.size()) {
            return Clusters.variance(blocks, block -> deviation(block, totals.get(block.vcpu())));
        }
        List<MeasuredBlock> vcpus = new ArrayList<>();
        totals.forEach((vcpu, total) ->
                vcpus.add(new MeasuredBlock(vcpu, new double[0], new long[0], (long) total[0], 0, 0, total[1])));
        return Clusters.variance(vcpus, vcpu -> deviation(vcpu, all));
    }

    private static double deviation(MeasuredBlock block, double[] total) {
        return total[1] <= 0 ? 0 : block.samples() - block.guestNanos() * total[0] / total[1];
    }

    /** Where a side has next to none: counts as of Poisson, made as much wider as the other side's blocks show. */
    private static Rate ofFew(ExitSample a, ExitSample b) {
        ExitSample many = a.samples() > b.samples() ? a : b;
        double dispersion = many.blocks().size() < BLOCKS_MIN
                ? Double.NaN
                : Math.max(countVariance(many.blocks()) / many.samples(), 1);
        double spread = dispersion * (1 / a.guestNanos() + 1 / b.guestNanos()) / 4;
        double error = Math.sqrt(spread) / Math.max(root(a), root(b));
        double distance = (root(b) - root(a)) / Math.max(root(a), root(b));
        // A logarithm has no place for none: the shift stands for its direction and how sure that is.
        double freedom = Math.max(many.blocks().size() - 1, 1);
        Shift shift = new Shift(distance, error, freedom);
        return new Rate(shift, shift.probability());
    }

    private static double root(ExitSample sample) {
        return Math.sqrt((sample.samples() + ANSCOMBE) / sample.guestNanos());
    }
}
