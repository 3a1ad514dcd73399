package io.trapline.app.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Comparator;
import java.util.function.Function;

/** What exits are sorted by, the dearest first. Where the clock measures no time, all but the name mean samples. */
public enum ExitOrder {
    TIME,
    SAMPLES,
    MAX,
    MEAN,
    P99,
    NAME;

    Comparator<ExitTotal> ofTotals(RunClock clock) {
        if (this == NAME) {
            return ExitTotal.BY_NAME;
        }
        return by(ExitTotal::time, ExitTotal::percentiles, clock).thenComparing(ExitTotal.order(clock.measuresNanos()));
    }

    Comparator<ExitCost> ofCosts(RunClock clock) {
        return this == NAME
                ? ExitCost.ORDER
                : by(ExitCost::time, ExitCost::percentiles, clock).thenComparing(ExitCost.ORDER);
    }

    Comparator<PerfRow> ofPerfRows(RunClock clock) {
        return this == NAME
                ? Comparator.comparing(PerfRow::name)
                : by(PerfRow::time, PerfRow::percentiles, clock).thenComparing(PerfRow.ORDER);
    }

    private <T> Comparator<T> by(Function<T, ExitTimes> time, Function<T, Percentiles> percentiles, RunClock clock) {
        Function<T, BigDecimal> figure = exit -> figure(time.apply(exit), percentiles.apply(exit), clock);
        return Comparator.comparing(figure).reversed();
    }

    private BigDecimal figure(ExitTimes time, Percentiles percentiles, RunClock clock) {
        if (this == SAMPLES || !clock.measuresNanos()) {
            return BigDecimal.valueOf(time.samples());
        }
        return switch (this) {
            case MAX -> BigDecimal.valueOf(time.max());
            case MEAN -> mean(time.sum(), time.samples());
            case P99 -> BigDecimal.valueOf(percentiles.p99());
            case TIME, SAMPLES, NAME -> new BigDecimal(time.sum());
        };
    }

    private static BigDecimal mean(BigInteger sum, long samples) {
        return samples == 0
                ? BigDecimal.ZERO
                : new BigDecimal(sum).divide(BigDecimal.valueOf(samples), MathContext.DECIMAL128);
    }
}
