package io.trapline.app.report;

import io.trapline.schemas.avro.DurationStats;
import io.trapline.streams.cost.CostStats;

/** Durations below or at which so many thousandths of the samples lie, in units of the run's clock; 0 without samples. */
public record Percentiles(long p50, long p90, long p99, long p999) {
    static Percentiles of(DurationStats row) {
        CostStats stats = CostStats.of(row);
        return new Percentiles(
                stats.percentile(500), stats.percentile(900), stats.percentile(990), stats.percentile(999));
    }
}
