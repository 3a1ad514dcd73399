package io.trapline.app.report;

import io.trapline.schemas.avro.Clock;
import io.trapline.schemas.avro.ClockUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Turns units of a run's clock into nanoseconds, exactly, and knows when that cannot be done.
 *
 * @param hz units in a second, for cycles only; 0 where not known
 */
public record RunClock(String name, ClockUnit unit, long hz) {
    private static final BigInteger NS_PER_US = BigInteger.valueOf(1_000);
    private static final BigInteger NS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final int US_DECIMALS = 6;
    private static final int NS_DECIMALS = 9;

    /** The clock of a run. */
    static RunClock of(Clock clock) {
        boolean cycles = clock.getUnit() == ClockUnit.TSC;
        return new RunClock(clock.getName(), clock.getUnit(), cycles && clock.getHz() != null ? clock.getHz() : 0);
    }

    /** Whether its units are nanoseconds, or known to be so many of them. */
    public boolean measuresNanos() {
        return switch (unit) {
            case NS, US -> true;
            case TSC -> hz > 0;
            case NONE, UNKNOWN -> false;
        };
    }

    /** Units in a second; 0 where nobody knows. */
    long unitsPerSecond() {
        return switch (unit) {
            case NS -> 1_000_000_000;
            case US -> 1_000_000;
            case TSC -> hz;
            case NONE, UNKNOWN -> 0;
        };
    }

    /** Whether its units are all equally long, so that durations compare. */
    public boolean measures() {
        return switch (unit) {
            case NS, US, TSC -> true;
            case NONE, UNKNOWN -> false;
        };
    }

    /** Nanoseconds, rounded half up; null where the clock measures none. */
    public BigInteger nanos(long units) {
        return nanos(BigInteger.valueOf(units), 1);
    }

    /** Nanoseconds of {@code units / divisor}, divided and rounded half up once; null where the clock measures none. */
    public BigInteger nanos(BigInteger units, long divisor) {
        return switch (unit) {
            case NS -> quotient(units, BigInteger.valueOf(divisor));
            case US -> quotient(units.multiply(NS_PER_US), BigInteger.valueOf(divisor));
            case TSC ->
                hz > 0
                        ? quotient(
                                units.multiply(NS_PER_SECOND),
                                BigInteger.valueOf(hz).multiply(BigInteger.valueOf(divisor)))
                        : null;
            case NONE, UNKNOWN -> null;
        };
    }

    /** Microseconds of {@code units / divisor} as perf computes them: from whole nanoseconds, in doubles. */
    double micros(BigInteger units, long divisor) {
        return nanos(units, 1).doubleValue() / divisor / NS_PER_US.doubleValue();
    }

    /** A moment as the recording's own lines have it; empty where the clock measures no time. */
    String moment(long units) {
        return measuresNanos()
                ? HumanFigures.moment(nanos(units), unit == ClockUnit.US ? US_DECIMALS : NS_DECIMALS)
                : "";
    }

    private static BigInteger quotient(BigInteger dividend, BigInteger divisor) {
        return new BigDecimal(dividend)
                .divide(new BigDecimal(divisor), 0, RoundingMode.HALF_UP)
                .toBigIntegerExact();
    }
}
