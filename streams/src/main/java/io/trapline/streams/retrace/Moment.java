package io.trapline.streams.retrace;

import io.trapline.schemas.event.EventView;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A moment between two events of a stream: behind all events up to this one.
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
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    /** The greatest number that {@link #of} gives for an event before the moment; the clock counts so many units a second. */
    long limit(long clockHz) {
        return switch (by) {
            case SEQ, SOURCE -> bounded(value.setScale(0, RoundingMode.FLOOR));
            case TIME -> bounded(units(clockHz));
        };
    }

    /** Times are printed as nanoseconds rounded half up: the last unit that is printed as this time belongs to it. */
    private BigDecimal units(long clockHz) {
        BigDecimal nanos = value.multiply(NS_PER_SECOND).add(HALF);
        return nanos.multiply(BigDecimal.valueOf(clockHz))
                .divide(NS_PER_SECOND, 0, RoundingMode.CEILING)
                .subtract(BigDecimal.ONE);
    }

    private static long bounded(BigDecimal number) {
        return number.min(LONG_MAX).max(LONG_MAX.negate()).longValueExact();
    }

    /** What of an event is compared; {@code time} is the one it counts with. */
    long of(EventView event, long time) {
        return switch (by) {
            case SEQ -> event.seq();
            case SOURCE -> event.source();
            case TIME -> time;
        };
    }
}
