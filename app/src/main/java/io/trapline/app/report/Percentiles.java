package io.trapline.app.report;

import io.trapline.schemas.avro.DurationStats;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Durations below or at which so many thousandths of the samples lie, in units of the run's clock. */
public record Percentiles(long p50, long p90, long p99, long p999) {
    private static final Percentiles NONE = new Percentiles(0, 0, 0, 0);
    private static final int PER_MILLE = 1000;

    /** {@code bucketValue} says which duration a bucket stands for; what it says stays between min and max. */
    static Percentiles of(DurationStats row, IntToLongFunction bucketValue) {
        return row.getSamples() == 0
                ? NONE
                : new Percentiles(
                        at(500, row, bucketValue),
                        at(900, row, bucketValue),
                        at(990, row, bucketValue),
                        at(999, row, bucketValue));
    }

    private static long at(int perMille, DurationStats row, IntToLongFunction bucketValue) {
        long value = bucketValue.applyAsLong(bucketOf(rank(row.getSamples(), perMille), row));
        return Math.min(Math.max(value, row.getMin()), row.getMax());
    }

    /** The sample's place in ascending order, counted from 1: {@code samples * perMille / 1000}, rounded up. */
    private static long rank(long samples, int perMille) {
        long rest = samples % PER_MILLE * perMille;
        return samples / PER_MILLE * perMille + (rest + PER_MILLE - 1) / PER_MILLE;
    }

    private static int bucketOf(long rank, DurationStats row) {
        List<Long> counts = row.getBucketCounts();
        long passed = 0;
        for (int i = 0; i < counts.size(); i++) {
            passed += counts.get(i);
            if (passed >= rank) {
                return row.getBuckets().get(i);
            }
        }
        throw new IllegalArgumentException("a histogram of " + passed + " for " + row.getSamples() + " samples");
    }
}
