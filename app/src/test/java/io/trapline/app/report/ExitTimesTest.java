package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExitTimesTest {
    private static final int ROUNDS = 3_000;
    private static final MathContext MANY_DIGITS = new MathContext(80);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Random random = new Random(7);

    @Test
    void theRelativeErrorIsWhatItsDefinitionSays() {
        for (int round = 0; round < ROUNDS; round++) {
            long[] durations = random.longs(2 + random.nextInt(20), 0, 1L << 1 + random.nextInt(58))
                    .toArray();

            assertThat(ExitTimes.of(SampleRun.stats(durations)).relativeErrorPercent())
                    .as(Arrays.toString(durations))
                    .isEqualTo(relativeError(durations));
        }
    }

    /** 100 * sqrt(sample variance / n) / mean, in two passes over the durations. */
    private static BigDecimal relativeError(long... durations) {
        BigDecimal n = new BigDecimal(durations.length);
        BigDecimal sum = Arrays.stream(durations).mapToObj(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.signum() == 0) {
            return new BigDecimal("0.00");
        }
        BigDecimal mean = sum.divide(n, MANY_DIGITS);
        BigDecimal spread = Arrays.stream(durations)
                .mapToObj(duration -> new BigDecimal(duration).subtract(mean).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return spread.divide(n.subtract(BigDecimal.ONE), MANY_DIGITS)
                .divide(n, MANY_DIGITS)
                .sqrt(MANY_DIGITS)
                .multiply(HUNDRED)
                .divide(mean, MANY_DIGITS)
                .setScale(2, RoundingMode.HALF_UP);
    }

    @Test
    void squaresThatNeed128BitsAreExact() {
        long half = 1L << 62;

        // 0 and x: the mean is x/2, the standard error is x/2 too.
        assertThat(ExitTimes.of(SampleRun.stats(0, half)).relativeErrorPercent())
                .isEqualTo("100.00");
        assertThat(ExitTimes.of(SampleRun.stats(Long.MAX_VALUE)).sumSquares())
                .isEqualTo(new BigDecimal(Long.MAX_VALUE).pow(2).toBigIntegerExact());
    }

    @Test
    void fewerThanTwoSamplesHaveNoError() {
        assertThat(ExitTimes.of(SampleRun.stats()).relativeErrorPercent()).isEqualTo("0.00");
        assertThat(ExitTimes.of(SampleRun.stats(5)).relativeErrorPercent()).isEqualTo("0.00");
        assertThat(ExitTimes.of(SampleRun.stats(0, 0)).relativeErrorPercent()).isEqualTo("0.00");
    }

    @Test
    void aSumIsThatOfAllDurations() {
        ExitTimes parts =
                ExitTimes.of(SampleRun.stats(3, 9)).plus(ExitTimes.NONE).plus(ExitTimes.of(SampleRun.stats(1)));

        assertThat(parts).isEqualTo(ExitTimes.of(SampleRun.stats(1, 3, 9)));
        assertThat(ExitTimes.NONE.plus(parts)).isEqualTo(parts);
    }
}
