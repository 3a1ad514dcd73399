package io.trapline.streams.cost;

import io.trapline.schemas.avro.DurationStats;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Exact statistics of durations in units of the run's clock: sums are integers, the sum of squares has 128 bit, and
 * figures are divided only when asked for. Durations are not negative; their sum fits a long, as they are disjoint parts
 * of a stream's time.
 */
public final class CostStats {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int PERCENT_DIGITS = 2;

    private long samples;
    private long sum;
    private long sumSquaresHigh;
    private long sumSquaresLow;
    private long min;
    private long max;
    private final CostHistogram histogram = new CostHistogram();

    /** Statistics as they came in a row. */
    public static CostStats of(DurationStats row) {
        CostStats stats = new CostStats();
        stats.merge(row);
        return stats;
    }

    /** Counts one duration. */
    public void add(long duration) {
        if (duration < 0) {
            throw new IllegalArgumentException("a duration of " + duration);
        }
        min = samples == 0 ? duration : Math.min(min, duration);
        max = samples == 0 ? duration : Math.max(max, duration);
        samples++;
        sum = Math.addExact(sum, duration);
        addSquares(Math.multiplyHigh(duration, duration), duration * duration);
        histogram.add(duration);
    }

    /** Counts all durations of the other one too. */
    public void merge(CostStats other) {
        if (other.samples > 0) {
            mergeNumbers(other.samples, other.sum, other.sumSquaresHigh, other.sumSquaresLow, other.min, other.max);
            histogram.merge(other.histogram);
        }
    }

    /** Counts all durations of a row too. */
    public void merge(DurationStats row) {
        if (row.getSamples() > 0) {
            mergeNumbers(
                    row.getSamples(),
                    row.getSum(),
                    row.getSumSquaresHigh(),
                    row.getSumSquaresLow(),
                    row.getMin(),
                    row.getMax());
            histogram.merge(row.getBuckets(), row.getBucketCounts());
        }
    }

    private void mergeNumbers(
            long otherSamples, long otherSum, long squaresHigh, long squaresLow, long otherMin, long otherMax) {
        min = samples == 0 ? otherMin : Math.min(min, otherMin);
        max = samples == 0 ? otherMax : Math.max(max, otherMax);
        samples += otherSamples;
        sum = Math.addExact(sum, otherSum);
        addSquares(squaresHigh, squaresLow);
    }

    private void addSquares(long high, long low) {
        sumSquaresLow += low;
        long carry = Long.compareUnsigned(sumSquaresLow, low) < 0 ? 1 : 0;
        sumSquaresHigh += high + carry;
    }

    /** Back to no samples. */
    public void clear() {
        samples = 0;
        sum = 0;
        sumSquaresHigh = 0;
        sumSquaresLow = 0;
        min = 0;
        max = 0;
        histogram.clear();
    }

    public long samples() {
        return samples;
    }

    public long sum() {
        return sum;
    }

    /** Shortest duration, 0 without samples. */
    public long min() {
        return min;
    }

    public long max() {
        return max;
    }

    public BigInteger sumSquares() {
        return BigInteger.valueOf(sumSquaresHigh).shiftLeft(Long.SIZE).add(unsigned(sumSquaresLow));
    }

    private static BigInteger unsigned(long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return value >= 0 ? signed : signed.add(BigInteger.ONE.shiftLeft(Long.SIZE));
    }

    /** Mean duration, rounded half up; 0 without samples. */
    public long mean() {
        return samples == 0
                ? 0
                : BigDecimal.valueOf(sum)
                        .divide(BigDecimal.valueOf(samples), 0, RoundingMode.HALF_UP)
                        .longValueExact();
    }

    /** Standard deviation of the sample in percent of the mean, to two digits; 0 where there is none. */
    public BigDecimal relativeDeviationPercent() {
        return percentOfMean(samples - 1);
    }

    /** Standard error of the mean in percent of it, to two digits: what perf kvm stat prints as {@code +-}. */
    public BigDecimal relativeErrorPercent() {
        return samples <= 1 ? percentOfMean(0) : percentOfMean(Math.multiplyExact(samples - 1, samples));
    }

    /** 100 * sqrt((squares - sum^2 / samples) / divisor) / (sum / samples). */
    private BigDecimal percentOfMean(long divisor) {
        if (samples <= 1 || sum == 0 || divisor <= 0) {
            return BigDecimal.ZERO.setScale(PERCENT_DIGITS);
        }
        BigInteger n = BigInteger.valueOf(samples);
        BigInteger total = BigInteger.valueOf(sum);
        BigInteger spread = n.multiply(sumSquares()).subtract(total.multiply(total));
        BigDecimal squared = new BigDecimal(spread.multiply(n))
                .divide(
                        new BigDecimal(total.multiply(total).multiply(BigInteger.valueOf(divisor))),
                        MathContext.DECIMAL128);
        return squared.sqrt(MathContext.DECIMAL64).multiply(HUNDRED).setScale(PERCENT_DIGITS, RoundingMode.HALF_UP);
    }

    /**
     * The duration below or at which {@code perMille} thousandths of the samples lie, within the histogram's error and
     * never outside min and max; 0 without samples.
     */
    public long percentile(int perMille) {
        if (samples == 0) {
            return 0;
        }
        long rank = BigInteger.valueOf(samples)
                .multiply(BigInteger.valueOf(perMille))
                .add(BigInteger.valueOf(999))
                .divide(BigInteger.valueOf(1000))
                .longValueExact();
        long value = histogram.valueAt(Math.max(rank, 1));
        return Math.min(Math.max(value, min), max);
    }

    /** As a row, with figures of its own. */
    public DurationStats toRow() {
        return new DurationStats(
                samples, sum, sumSquaresHigh, sumSquaresLow, min, max, histogram.buckets(), histogram.counts());
    }
}
