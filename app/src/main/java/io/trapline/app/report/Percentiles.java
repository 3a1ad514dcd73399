package io.trapline.app.report;

import io.trapline.schemas.avro.DurationStats;
import io.trapline.streams.cost.CostStats;

/** Durations below or at which so many thousandths of the samples lie, in units of the run's clock; 0 without samples. */
public record Percentiles(DurationStats durations) {
    public long p50() {
        return at(500);
    }

    public long p90() {
        return at(900);
    }

    public long p99() {
        return at(990);
    }

    public long p999() {
        return at(999);
    }

    private long at(int perMille) {
        return CostStats.of(durations).percentile(perMille);
    }

    /** Those of these durations and the others together. */
    Percentiles plus(Percentiles other) {
        CostStats both = CostStats.of(durations);
        both.merge(other.durations);
        return new Percentiles(both.toRow());
    }
}
