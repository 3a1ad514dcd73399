package io.trapline.producer.ftrace;

import io.trapline.schemas.avro.Clock;
import io.trapline.schemas.avro.ClockUnit;

/**
 * The clock behind the times of a trace. Microseconds and nanoseconds show in the number of decimals; cycles (x86-tsc) and
 * a mere counter both print as a bare integer, and only the user can tell them apart.
 */
final class TraceClock {
    private static final long US_HZ = 1_000_000;
    private static final long NS_HZ = 1_000_000_000;
    private static final String UNKNOWN_NAME = "unknown";

    private TraceClock() {}

    /** Ticks in a second, 0 where the unit is not known. */
    static long hz(int timeDigits) {
        return switch (timeDigits) {
            case LinePrefix.DIGITS_US -> US_HZ;
            case LinePrefix.DIGITS_NS -> NS_HZ;
            default -> 0;
        };
    }

    static Clock clock(int timeDigits) {
        return switch (timeDigits) {
            case LinePrefix.DIGITS_US -> new Clock(UNKNOWN_NAME, ClockUnit.US, US_HZ);
            case LinePrefix.DIGITS_NS -> new Clock(UNKNOWN_NAME, ClockUnit.NS, NS_HZ);
            default -> new Clock(UNKNOWN_NAME, ClockUnit.NONE, null);
        };
    }

    /** Of a trace without an event. */
    static Clock unknown() {
        return new Clock(UNKNOWN_NAME, ClockUnit.UNKNOWN, null);
    }
}
