package io.trapline.app.report;

import io.trapline.schemas.avro.DurationStats;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Exact statistics of durations, in units of the run's clock. {@code min} and {@code max} are 0 without samples. */
public record ExitTimes(long samples, BigInteger sum, BigInteger sumSquares, long min, long max) {
    static final ExitTimes NONE = new ExitTimes(0, BigInteger.ZERO, BigInteger.ZERO, 0, 0);

    /** 100 percent, two digits after the point, squared. */
    private static final BigInteger PERCENT_SQUARED = BigInteger.valueOf(100_000_000);

    private static final int PERCENT_DIGITS = 2;
    private static final BigInteger TWO = BigInteger.TWO;

    static ExitTimes of(DurationStats row) {
        BigInteger high = BigInteger.valueOf(row.getSumSquaresHigh()).shiftLeft(Long.SIZE);
        BigInteger low = new BigInteger(Long.toUnsignedString(row.getSumSquaresLow()));
        return row.getSamples() == 0
                ? NONE
                : new ExitTimes(
                        row.getSamples(), BigInteger.valueOf(row.getSum()), high.add(low), row.getMin(), row.getMax());
    }

    /** The statistics of these durations and the others. */
    ExitTimes plus(ExitTimes other) {
        if (samples == 0 || other.samples == 0) {
            return samples == 0 ? other : this;
        }
        return new ExitTimes(
                samples + other.samples,
                sum.add(other.sum),
                sumSquares.add(other.sumSquares),
                Math.min(min, other.min),
                Math.max(max, other.max));
    }

    /** Standard error of the mean as a part of it, as far as a double goes; with fewer than two samples, or no time, 0. */
    double relativeError() {
        if (samples < 2 || sum.signum() == 0) {
            return 0;
        }
        BigInteger n = BigInteger.valueOf(samples);
        BigInteger square = sum.multiply(sum);
        BigDecimal spread = new BigDecimal(n.multiply(sumSquares).subtract(square));
        BigDecimal whole = new BigDecimal(square.multiply(n.subtract(BigInteger.ONE)));
        return Math.sqrt(spread.divide(whole, MathContext.DECIMAL64).doubleValue());
    }

    /**
     * Standard error of the mean in percent of it, exactly rounded half up to two digits: what {@code perf kvm stat} prints
     * as {@code +-}. With fewer than two samples, or no time at all, 0.
     */
    public BigDecimal relativeErrorPercent() {
        if (samples < 2 || sum.signum() == 0) {
            return BigDecimal.valueOf(0, PERCENT_DIGITS);
        }
        // sqrt(variance / n) / mean, both with n - 1: sqrt((n * squares - sum^2) / ((n - 1) * sum^2)).
        BigInteger n = BigInteger.valueOf(samples);
        BigInteger square = sum.multiply(sum);
        BigInteger spread = n.multiply(sumSquares).subtract(square);
        BigInteger twiceSquared = spread.multiply(PERCENT_SQUARED)
                .multiply(TWO.multiply(TWO))
                .divide(square.multiply(n.subtract(BigInteger.ONE)));
        BigInteger hundredths = twiceSquared.sqrt().add(BigInteger.ONE).divide(TWO);
        return new BigDecimal(hundredths, PERCENT_DIGITS);
    }
}
