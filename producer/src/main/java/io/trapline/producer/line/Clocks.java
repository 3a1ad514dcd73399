package io.trapline.producer.line;

import io.trapline.schemas.avro.Clock;
import io.trapline.schemas.avro.ClockUnit;

/**
 * The clock behind the times of a recording. Microseconds and nanoseconds show in the number of decimals; cycles (x86-tsc),
 * jiffies (uptime) and a mere counter all print as a bare integer, and only the user can tell them apart.
 */
public final class Clocks {
    /** Digits behind the point: microseconds, nanoseconds, or none for a bare integer. */
    public static final int DIGITS_US = 6;

    public static final int DIGITS_NS = 9;
    public static final int DIGITS_NONE = 0;

    /** No time is printed at all (nocontext-info). */
    public static final int WITHOUT_TIME = -2;

    private static final long US_HZ = 1_000_000;
    private static final long NS_HZ = 1_000_000_000;
    private static final long KHZ = 1_000;
    private static final String UNKNOWN_NAME = "unknown";

    private Clocks() {}

    /** Ticks in a second, 0 where the unit is not known. {@code tscKhz} is what the user says of bare integers, or 0. */
    public static long hz(int digits, long tscKhz) {
        return switch (digits) {
            case DIGITS_US -> US_HZ;
            case DIGITS_NS -> NS_HZ;
            case DIGITS_NONE -> tscKhz * KHZ;
            default -> 0;
        };
    }

    /** What the run record says of the clock. */
    public static Clock of(int digits, long tscKhz) {
        return switch (digits) {
            case DIGITS_US -> new Clock(UNKNOWN_NAME, ClockUnit.US, US_HZ);
            case DIGITS_NS -> new Clock(UNKNOWN_NAME, ClockUnit.NS, NS_HZ);
            case DIGITS_NONE ->
                tscKhz == 0
                        ? new Clock(UNKNOWN_NAME, ClockUnit.NONE, null)
                        : new Clock("x86-tsc", ClockUnit.TSC, tscKhz * KHZ);
            default -> new Clock("none", ClockUnit.NONE, null);
        };
    }

    /** Of a recording without an event. */
    public static Clock unknown() {
        return new Clock(UNKNOWN_NAME, ClockUnit.UNKNOWN, null);
    }
}
