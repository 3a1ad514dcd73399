package io.trapline.app.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trapline.streams.cost.CostStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The noise model errs no oftener than it says")
class StatisticsTest {
    private static final int TRIALS = 2_000;
    private static final double LEVEL = 0.05;
    private static final long EXITS = 1_000;

    /** Holm's own example: the least is multiplied by their number, the next by one less, and none gets below another. */
    @Test
    void holmCorrectsTheLeastMost() {
        assertThat(Holm.corrected(List.of(0.01, 0.04, 0.03, 0.005))).containsExactly(0.03, 0.06, 0.06, 0.02);
        assertThat(Holm.corrected(List.of(0.9, 0.8))).containsExactly(1.0, 1.0);
        assertThat(Holm.corrected(List.of())).isEmpty();
    }

    @Test
    void withoutADifferenceTheRankTestRejectsAsOftenAsItsLevel() {
        assertThat(rejected(0, (a, b) -> RankTest.of(a.blocks(), b.blocks()).probability()))
                .isBetween(0.02, 0.07);
    }

    /** The case that an ordinary rank test fails: exits of a block share a slow host, so there are fewer observations. */
    @Test
    void exitsThatShareASlowHostAreNotManyObservations() {
        assertThat(rejected(0.3, (a, b) -> RankTest.of(a.blocks(), b.blocks()).probability()))
                .isLessThan(0.08);
        assertThat(rejected(0.3, (a, b) -> Cost.of(a, b).effect().probability()))
                .isLessThan(0.08);
        assertThat(rejected(0.3, (a, b) -> Percentile.probability(a, b, 900))).isLessThan(0.08);
    }

    @Test
    void theRateRejectsAsOftenAsItsLevel() {
        assertThat(rejected(0, (a, b) -> Rate.of(a, b).probability())).isBetween(0.01, 0.08);
    }

    @Test
    void aTenthMoreIsClear() {
        Random random = new Random(1);
        ExitSample a = sample(random, 1, 0.05);
        ExitSample b = sample(random, 1.1, 0.05);

        Cost cost = Cost.of(a, b);

        assertThat(cost.ranks().probability()).isLessThan(1e-4);
        assertThat(cost.isClear()).isTrue();
        assertThat(cost.effect().fromPercent()).isLessThan(10);
        assertThat(cost.effect().toPercent()).isGreaterThan(10);
        assertThat(Cost.of(a, a).effect().percent()).isZero();
    }

    /** However clear: two blocks against two lie apart in one of three cases by chance. */
    @Test
    void fewBlocksProveNothing() {
        List<MeasuredBlock> low = sample(new Random(2), 1, 0).blocks().subList(0, 2);
        List<MeasuredBlock> high = sample(new Random(2), 9, 0).blocks().subList(0, 2);

        assertThat(RankTest.of(low, high)).isEqualTo(new RankTest(1, 2.0 / 6));
        assertThat(RankTest.of(low.subList(0, 1), high).probability()).isEqualTo(1);
    }

    /** One exit of four milliseconds among a thousand of a microsecond is no dearer exit. */
    @Test
    void aFewLongExitsDoNotHideTheOthers() {
        Random random = new Random(3);
        ExitSample a = sample(random, 1, 0);
        ExitSample b = sample(random, 1.1, 0, 4_000_000);

        assertThat(b.mean()).isGreaterThan(2 * a.mean());
        assertThat(Cost.of(a, b).effect().percent()).isCloseTo(10, within(3.0));
    }

    @Test
    void blocksStayFewAndKeepEverything() {
        ExitBlocks blocks = new ExitBlocks();
        long exits = 100_003;
        for (int exit = 0; exit < exits; exit++) {
            blocks.add(exit % 7, exit + 1L);
        }

        List<ExitBlocks.Block> all = blocks.finish(exits + 5);

        assertThat(all).hasSizeBetween(ExitBlocks.BLOCKS_MAX / 2, ExitBlocks.BLOCKS_MAX);
        assertThat(all.stream().mapToLong(block -> block.time.samples()).sum()).isEqualTo(exits);
        assertThat(all.stream().mapToLong(block -> block.guestTime).sum()).isEqualTo(exits + 5);
    }

    private static double rejected(double shared, ToDoubleBiFunction<ExitSample, ExitSample> probability) {
        Random random = new Random(4);
        return IntStream.range(0, TRIALS)
                        .filter(trial -> {
                            ExitSample a = sample(random, 1, shared);
                            ExitSample b = sample(random, 1, shared);
                            return probability.applyAsDouble(a, b) < LEVEL;
                        })
                        .count()
                / (double) TRIALS;
    }

    private static ExitSample sample(Random random, double factor, double shared, long... more) {
        ExitBlocks blocks = new ExitBlocks();
        CostStats all = new CostStats();
        long guestTime = 0;
        double host = 0;
        for (int exit = 0; exit < EXITS; exit++) {
            if (exit % 32 == 0) {
                host = random.nextGaussian() * shared;
            }
            long duration = Math.round(factor * 1_000 * Math.exp(host + random.nextGaussian() * 0.1));
            duration += exit < more.length ? more[exit] : 0;
            guestTime += Math.round(-10_000 * Math.log(1 - random.nextDouble()));
            blocks.add(duration, guestTime);
            all.add(duration);
        }
        List<MeasuredBlock> measured = new ArrayList<>();
        blocks.finish(guestTime).forEach(block -> measured.add(MeasuredBlock.of(0, block, 1)));
        return new ExitSample(measured, all, 1, guestTime);
    }
}
