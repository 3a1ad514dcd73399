package io.trapline.app.diff;

import io.trapline.schemas.avro.DurationStats;
import io.trapline.streams.cost.CostHistogram;

/**
 * A block of exits in nanoseconds.
 *
 * @param vcpu number of the vCPU among those that have such exits: only blocks of one vCPU are neighbours
 * @param values durations that occurred, ascending
 * @param counts how often each of them did
 * @param guestNanos what the guest ran meanwhile
 */
record MeasuredBlock(
        int vcpu, double[] values, long[] counts, long samples, double sum, double max, double guestNanos) {

    /** Of a block whose units are so many nanoseconds each. */
    static MeasuredBlock of(int vcpu, ExitBlocks.Block block, double nanosPerUnit) {
        DurationStats row = block.time.toRow();
        double[] values = new double[row.getBuckets().size()];
        long[] counts = new long[values.length];
        for (int place = 0; place < values.length; place++) {
            values[place] = CostHistogram.valueOf(row.getBuckets().get(place)) * nanosPerUnit;
            counts[place] = row.getBucketCounts().get(place);
        }
        return new MeasuredBlock(
                vcpu,
                values,
                counts,
                row.getSamples(),
                row.getSum() * nanosPerUnit,
                row.getMax() * nanosPerUnit,
                block.guestTime * nanosPerUnit);
    }

    /** The sum of its durations, none of which counts as more than {@code cap}. */
    double sumUpTo(double cap) {
        if (max <= cap) {
            return sum;
        }
        double capped = 0;
        for (int place = 0; place < values.length; place++) {
            capped += Math.min(values[place], cap) * counts[place];
        }
        return capped;
    }
}
