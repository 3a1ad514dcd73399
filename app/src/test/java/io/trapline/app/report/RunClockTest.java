package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.ClockUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunClockTest {
    private static final int ROUNDS = 20_000;

    private final Random random = new Random(42);

    @Test
    void nanosecondsAreExactForEveryClockThatMeasuresTime() {
        for (int round = 0; round < ROUNDS; round++) {
            long units = random.nextLong() >>> 1 + random.nextInt(62);
            long divisor = 1 + (random.nextLong() >>> 2 + random.nextInt(61));
            long hz = 1L + random.nextInt(Integer.MAX_VALUE - 1);

            assertExact(new RunClock("", ClockUnit.NS, 0), BigDecimal.ONE, BigDecimal.ONE, units, divisor);
            assertExact(new RunClock("", ClockUnit.US, 0), new BigDecimal(1_000), BigDecimal.ONE, units, divisor);
            assertExact(
                    new RunClock("", ClockUnit.TSC, hz),
                    new BigDecimal(1_000_000_000),
                    new BigDecimal(hz),
                    units,
                    divisor);
        }
    }

    private static void assertExact(RunClock clock, BigDecimal nanos, BigDecimal per, long units, long divisor) {
        BigDecimal expected = new BigDecimal(units)
                .multiply(nanos)
                .divide(per.multiply(new BigDecimal(divisor)), 0, RoundingMode.HALF_UP);

        assertThat(new BigDecimal(clock.nanos(BigInteger.valueOf(units), divisor)))
                .as("%s of %d / %d", clock, units, divisor)
                .isEqualByComparingTo(expected);
    }

    @Test
    void halvesAreRoundedUp() {
        RunClock threeGigahertz = new RunClock("x86-tsc", ClockUnit.TSC, 2_000_000_000);

        assertThat(threeGigahertz.nanos(1)).isEqualTo(BigInteger.ONE);
        assertThat(threeGigahertz.nanos(3)).isEqualTo(BigInteger.TWO);
        assertThat(new RunClock("", ClockUnit.NS, 0).nanos(BigInteger.valueOf(5), 2))
                .isEqualTo(BigInteger.valueOf(3));
    }

    @Test
    void whatDoesNotFitALongIsNotLost() {
        assertThat(new RunClock("", ClockUnit.US, 0).nanos(Long.MAX_VALUE)).hasToString("9223372036854775807000");
    }

    @Test
    void clocksThatMeasureNothingGiveNothing() {
        assertThat(new RunClock("counter", ClockUnit.NONE, 0).nanos(1)).isNull();
        assertThat(new RunClock("unknown", ClockUnit.UNKNOWN, 0).nanos(1)).isNull();
        assertThat(new RunClock("x86-tsc", ClockUnit.TSC, 0).nanos(1)).isNull();
    }
}
