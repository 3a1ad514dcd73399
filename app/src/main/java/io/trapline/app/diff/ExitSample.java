package io.trapline.app.diff;

import io.trapline.streams.cost.CostStats;
import java.util.List;

/**
 * All exits of one kind in one run.
 *
 * @param blocks those of a vCPU in their order, vCPU after vCPU
 * @param time their durations in units of the run's clock; a unit is {@code nanosPerUnit}
 * @param guestNanos what all vCPUs that are compared here ran in the guest, those without such exits too
 */
record ExitSample(List<MeasuredBlock> blocks, CostStats time, double nanosPerUnit, double guestNanos) {
    ExitSample {
        blocks = List.copyOf(blocks);
    }

    /** No exits, in a run of which the guest had so much. */
    static ExitSample none(double nanosPerUnit, double guestNanos) {
        return new ExitSample(List.of(), new CostStats(), nanosPerUnit, guestNanos);
    }

    long samples() {
        return time.samples();
    }

    double mean() {
        return time.samples() == 0 ? 0 : time.sum() * nanosPerUnit / time.samples();
    }

    double percentile(int perMille) {
        return time.percentile(perMille) * nanosPerUnit;
    }

    double max() {
        return time.max() * nanosPerUnit;
    }

    /** Exits per second that the guest ran. */
    double perGuestSecond() {
        return guestNanos <= 0 ? 0 : samples() * 1e9 / guestNanos;
    }

    /** Time in these exits per second that the guest ran, in nanoseconds. */
    double nanosPerGuestSecond() {
        return perGuestSecond() * mean();
    }
}
