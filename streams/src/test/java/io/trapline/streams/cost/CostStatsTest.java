package io.trapline.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CostStatsTest {
    private static CostStats of(long... durations) {
        CostStats stats = new CostStats();
        Arrays.stream(durations).forEach(stats::add);
        return stats;
    }

    private static long[] random(long seed, int count, int bits) {
        Random random = new Random(seed);
        return random.longs(count, 0, 1L << 1 + random.nextInt(bits)).toArray();
    }

    @Test
    void sumsAreExact() {
        for (long seed = 0; seed < 200; seed++) {
            long[] durations = random(seed, 50, 56);
            CostStats stats = of(durations);

            BigInteger squares = Arrays.stream(durations)
                    .mapToObj(BigInteger::valueOf)
                    .map(value -> value.multiply(value))
                    .reduce(BigInteger.ZERO, BigInteger::add);
            assertThat(stats.sumSquares()).as("seed %d", seed).isEqualTo(squares);
            assertThat(stats.sum()).isEqualTo(Arrays.stream(durations).sum());
            assertThat(stats.min()).isEqualTo(Arrays.stream(durations).min().orElseThrow());
            assertThat(stats.max()).isEqualTo(Arrays.stream(durations).max().orElseThrow());
        }
    }

    @Test
    void noSamplesHaveNoPercentile() {
        assertThat(of().percentile(500)).isZero();
    }

    @Test
    void percentilesStayWithinTheHistogramsError() {
        for (long seed = 0; seed < 200; seed++) {
            long[] durations = random(seed, 1000, 50);
            CostStats stats = of(durations);
            Arrays.sort(durations);
            for (int perMille : new int[] {1, 500, 900, 990, 999, 1000}) {
                long exact = durations[Math.max(0, perMille - 1)];
                assertThat(Math.abs(stats.percentile(perMille) - exact))
                        .as("seed %d, %d per mille", seed, perMille)
                        .isLessThanOrEqualTo(exact / 128);
            }
            assertThat(stats.percentile(1000)).isLessThanOrEqualTo(stats.max());
        }
    }

    @Test
    void mergingInAnyOrderIsCountingAllAtOnce() {
        for (long seed = 0; seed < 100; seed++) {
            long[] durations = random(seed, 90, 50);
            CostStats a = of(Arrays.copyOfRange(durations, 0, 30));
            CostStats b = of(Arrays.copyOfRange(durations, 30, 31));
            CostStats c = of(Arrays.copyOfRange(durations, 31, 90));
            CostStats one = new CostStats();
            one.merge(a);
            one.merge(b.toRow());
            one.merge(c);
            CostStats other = CostStats.of(c.toRow());
            other.merge(new CostStats());
            other.merge(a);
            other.merge(b);

            assertThat(one.toRow()).isEqualTo(of(durations).toRow()).isEqualTo(other.toRow());
        }
    }

    @Test
    void clearedItIsNew() {
        CostStats stats = of(random(5, 1000, 50));
        stats.clear();
        stats.add(3);

        assertThat(stats.toRow()).isEqualTo(of(3).toRow());
    }

    @Test
    void theLargestDurationsDoNotOverflow() {
        CostStats stats = of(Long.MAX_VALUE - 1, 1);

        assertThat(stats.sumSquares())
                .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE - 1).pow(2).add(BigInteger.ONE));
    }

    @Test
    void aNegativeDurationIsABug() {
        assertThatThrownBy(() -> of(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
