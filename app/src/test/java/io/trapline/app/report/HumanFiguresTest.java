package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class HumanFiguresTest {
    private static String duration(long nanos) {
        return HumanFigures.duration(BigInteger.valueOf(nanos));
    }

    @Test
    void durationsHaveThreeDigitsAndTheUnitThatSuits() {
        assertThat(duration(0)).isEqualTo("0 ns");
        assertThat(duration(999)).isEqualTo("999 ns");
        assertThat(duration(1_000)).isEqualTo("1.00 us");
        assertThat(duration(1_235)).isEqualTo("1.24 us");
        assertThat(duration(12_345)).isEqualTo("12.3 us");
        assertThat(duration(999_499)).isEqualTo("999 us");
        assertThat(duration(999_500)).isEqualTo("1.00 ms");
        assertThat(duration(4_161_831_000L)).isEqualTo("4.16 s");
        assertThat(duration(999_600_000_000L)).isEqualTo("1,000 s");
        assertThat(duration(12_345_678_900_000L)).isEqualTo("12,346 s");
    }

    @Test
    void countsAreGroupedEverywhereAlike() {
        assertThat(HumanFigures.count(0)).isEqualTo("0");
        assertThat(HumanFigures.count(999)).isEqualTo("999");
        assertThat(HumanFigures.count(1_000)).isEqualTo("1,000");
        assertThat(HumanFigures.count(-123_456)).isEqualTo("-123,456");
        assertThat(HumanFigures.count(Long.MAX_VALUE)).isEqualTo("9,223,372,036,854,775,807");
        assertThat(HumanFigures.counted(1, "exit")).isEqualTo("1 exit");
        assertThat(HumanFigures.counted(2, "exit")).isEqualTo("2 exits");
    }

    @Test
    void sharesHaveOneDecimal() {
        assertThat(HumanFigures.percent(BigInteger.ONE, BigInteger.valueOf(8))).isEqualTo("12.5");
        assertThat(HumanFigures.percent(BigInteger.TWO, BigInteger.valueOf(3))).isEqualTo("66.7");
        assertThat(HumanFigures.percent(BigInteger.ZERO, BigInteger.ZERO)).isEqualTo("0.0");
    }

    @Test
    void momentsAreThoseOfTheTrace() {
        assertThat(HumanFigures.moment(BigInteger.valueOf(13_738_170_000L), 6)).isEqualTo("13.738170");
        assertThat(HumanFigures.moment(BigInteger.valueOf(41), 9)).isEqualTo("0.000000041");
    }
}
