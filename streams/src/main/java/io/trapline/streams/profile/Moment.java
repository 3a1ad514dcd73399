package io.trapline.streams.profile;

import io.trapline.schemas.event.EventView;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A moment of a stream, named by an event: it lies behind all events up to this one.
 *
 * @param value number of an event, place in the source, or seconds
 */
public record Moment(By by, BigDecimal value) {
    /** How it is named. */
    public enum By {
        /** Number of the event in its stream, from 0. */
        SEQ,
        /** Place in the source: a line, or a byte offset. */
        SOURCE,
        /** Seconds of the run's clock. */
        TIME
    }

    private static final BigDecimal NS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);
    private static final int NS_DIGITS = 9;
    private static final BigDecimal ONE_NS = BigDecimal.ONE.movePointLeft(NS_DIGITS);
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    /** The greatest number that {@link #of} gives for an event before the moment; the clock counts so many units a second. */
    public long limit(long clockHz) {
        return switch (by) {
            case SEQ, SOURCE -> bounded(value.setScale(0, RoundingMode.FLOOR));
            case TIME -> bounded(units(value, clockHz));
        };
    }

    /** The least number that {@link #of} gives for the event itself, or for one behind it. */
    public long first(long clockHz) {
        return switch (by) {
            case SEQ, SOURCE -> bounded(value.setScale(0, RoundingMode.CEILING));
            case TIME -> {
                BigDecimal before =
                        value.setScale(NS_DIGITS, RoundingMode.CEILING).subtract(ONE_NS);
                yield bounded(units(before, clockHz).add(BigDecimal.ONE));
            }
        };
    }

    /** Times are printed as nanoseconds rounded half up: the last unit that is printed as this time belongs to it. */
    private static BigDecimal units(BigDecimal seconds, long clockHz) {
        BigDecimal nanos = seconds.multiply(NS_PER_SECOND).add(HALF);
        return nanos.multiply(BigDecimal.valueOf(clockHz))
                .divide(NS_PER_SECOND, 0, RoundingMode.CEILING)
                .subtract(BigDecimal.ONE);
    }

    private static long bounded(BigDecimal number) {
        return number.min(LONG_MAX).max(LONG_MAX.negate()).longValueExact();
    }

    /** What of an event is compared; {@code time} is the one it counts with. */
    public long of(EventView event, long time) {
        return of(event.seq(), event.source(), time);
    }

    /** The same of an event that is not at hand any more. */
    long of(long seq, long source, long time) {
        return switch (by) {
            case SEQ -> seq;
            case SOURCE -> source;
            case TIME -> time;
        };
    }
}
