package io.trapline.streams.cost;

import io.trapline.schemas.avro.DurationStats;
import java.math.BigInteger;

/**
 * Exact statistics of durations in units of the run's clock: sums are integers, the sum of squares has 128 bit, and
 * nothing is divided here, which is for whoever prints. Durations are not negative; their sum fits a long, as they are
 * disjoint parts of a stream's time.
 */
public final class CostStats {
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
        CostHistogram.Listed listed = histogram.listed();
        return new DurationStats(
                samples, sum, sumSquaresHigh, sumSquaresLow, min, max, listed.buckets(), listed.counts());
    }
}
