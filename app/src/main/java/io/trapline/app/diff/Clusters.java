package io.trapline.app.diff;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the blocks of a sample say of how sure one of its figures is. */
final class Clusters {
    private Clusters() {}

    /**
     * Variance of a sum over blocks, from what each of them has more or less than it should. Neighbours that deviate
     * together count for less than two: their covariance is added where it is positive.
     */
    static double variance(List<MeasuredBlock> blocks, ToDoubleFunction<MeasuredBlock> deviation) {
        int number = blocks.size();
        if (number < 2) {
            return Double.NaN;
        }
        double own = 0;
        double shared = 0;
        double before = 0;
        for (int place = 0; place < number; place++) {
            double one = deviation.applyAsDouble(blocks.get(place));
            own += one * one;
            boolean follows = place > 0
                    && blocks.get(place).vcpu() == blocks.get(place - 1).vcpu();
            shared += follows ? 2 * one * before : 0;
            before = one;
        }
        return (own + Math.max(shared, 0)) * number / (number - 1);
    }

    /** Square of the relative standard error of a mean whose numerators and denominators stand in the blocks. */
    static double relativeVarianceOfRatio(
            List<MeasuredBlock> blocks, ToDoubleFunction<MeasuredBlock> above, ToDoubleFunction<MeasuredBlock> below) {
        double numerator = blocks.stream().mapToDouble(above).sum();
        double denominator = blocks.stream().mapToDouble(below).sum();
        double ratio = numerator / denominator;
        double variance = variance(blocks, block -> above.applyAsDouble(block) - ratio * below.applyAsDouble(block));
        return variance / (numerator * numerator);
    }
}
