package io.trapline.app.diff;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How far a figure of B lies from that of A: the logarithm of their ratio, with its standard error and the degrees of
 * freedom that go with it.
 */
record Shift(double log, double error, double freedom) {
    private static final double CONFIDENCE = 0.95;
    private static final double PERCENT = 100;

    /** From relative variances of both sides, which have so many blocks. */
    static Shift of(double a, double b, double varianceA, int blocksA, double varianceB, int blocksB) {
        double variance = varianceA + varianceB;
        return new Shift(
                Math.log(b / a), Math.sqrt(variance), freedom(varianceA, blocksA, varianceB, blocksB, variance));
    }

    /** Welch and Satterthwaite. */
    static double freedom(double varianceA, int blocksA, double varianceB, int blocksB, double variance) {
        double spread = varianceA * varianceA / (blocksA - 1) + varianceB * varianceB / (blocksB - 1);
        return spread > 0 ? variance * variance / spread : Math.max(blocksA + blocksB - 2, 1);
    }

    double percent() {
        return Math.expm1(log) * PERCENT;
    }

    double fromPercent() {
        return Math.expm1(log - reach()) * PERCENT;
    }

    double toPercent() {
        return Math.expm1(log + reach()) * PERCENT;
    }

    private double reach() {
        return TDistribution.of(freedom).inverseSurvivalProbability((1 - CONFIDENCE) / 2) * error;
    }

    /** Probability of such a shift, or a greater one, in either direction, where nothing differs. */
    double probability() {
        if (Double.isNaN(error) || Double.isNaN(log)) {
            return 1;
        }
        if (error == 0) {
            return log == 0 ? 1 : 0;
        }
        return 2 * TDistribution.of(freedom).survivalProbability(Math.abs(log) / error);
    }

    boolean isAtLeast(double fraction) {
        return Math.abs(Math.expm1(log)) >= fraction;
    }
}
