package io.trapline.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.report.ExitSeries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesWatchTest {
    private static final int STRETCHES_MAX = 16;
    private static final String[] REASONS = {"CPUID", "HLT", "MSR_WRITE"};

    private record Exit(String reason, long time, long duration) {}

    private static List<Exit> exits(long seed) {
        Random random = new Random(seed);
        long begin = random.nextLong(1_000_000);
        List<Exit> exits = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            exits.add(new Exit(
                    REASONS[random.nextInt(REASONS.length)],
                    begin + random.nextLong(1L << 1 + random.nextInt(40)),
                    random.nextLong(1L << 1 + random.nextInt(30))));
        }
        return exits;
    }

    private static ExitSeries seen(List<Exit> exits) {
        SeriesWatch watch = new SeriesWatch(STRETCHES_MAX);
        exits.forEach(exit -> watch.ended(exit.reason, exit.time, exit.duration));
        return watch.seen();
    }

    @Test
    void theOrderOfExitsMeansNothingAndNoneIsLost() {
        for (long seed = 0; seed < 100; seed++) {
            List<Exit> exits = exits(seed);
            ExitSeries series = seen(exits);
            Collections.shuffle(exits, new Random(seed));

            assertThat(seen(exits)).as("seed %s", seed).isEqualTo(series);
            assertThat(series.stretches()).hasSizeBetween(2, STRETCHES_MAX);
            assertThat(series.stretches().stream()
                            .mapToLong(ExitSeries.Stretch::exits)
                            .sum())
                    .isEqualTo(exits.size());
            assertThat(timeOf(series)).isEqualTo(timeWithoutHalts(exits));
        }
    }

    private static long timeOf(ExitSeries series) {
        return series.stretches().stream()
                .flatMap(stretch -> stretch.timeByReason().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private static long timeWithoutHalts(List<Exit> exits) {
        return exits.stream()
                .filter(exit -> !exit.reason.equals("HLT"))
                .mapToLong(Exit::duration)
                .sum();
    }

    @Test
    void eachExitIsInTheStretchThatItBeganIn() {
        for (Exit exit : exits(7)) {
            ExitSeries whole = seen(exits(7));
            int at = (int) ((exit.time - whole.start()) / whole.width());

            assertThat(whole.stretches().get(at).exits()).isPositive();
            assertThat(whole.start() % whole.width()).isZero();
        }
    }

    @Test
    void aLongExitFillsTheStretchesThatItPassed() {
        ExitSeries series = seen(List.of(new Exit("CPUID", 0, 1), new Exit("MSR_WRITE", 1_000, 15_000)));

        assertThat(series.width()).isEqualTo(1_024);
        assertThat(series.stretches()).hasSize(16);
        assertThat(series.stretches().get(0).timeByReason())
                .containsEntry("CPUID", 1L)
                .containsEntry("MSR_WRITE", 24L);
        assertThat(series.stretches().subList(1, 15))
                .allMatch(stretch -> stretch.timeByReason().get("MSR_WRITE") == 1_024 && stretch.exits() == 0);
        assertThat(series.stretches().get(15).timeByReason()).containsEntry("MSR_WRITE", 16_000L - 15 * 1_024);
    }

    @Test
    void bucketsAreHalvesOfPowersOfTwo() {
        long before = -1;
        for (int bucket = 0; bucket < 2 * 62; bucket++) {
            long shortest = ExitSeries.shortestOf(bucket);
            assertThat(shortest).isGreaterThan(before);
            assertThat(ExitSeries.bucketOf(shortest)).isEqualTo(bucket);
            assertThat(bucket == 0 ? 0 : ExitSeries.bucketOf(shortest - 1)).isEqualTo(Math.max(0, bucket - 1));
            before = shortest;
        }
        assertThat(ExitSeries.shortestOf(ExitSeries.bucketOf(Long.MAX_VALUE))).isPositive();
    }

    @Test
    void timesMayGoToTheEndOfTime() {
        ExitSeries series = seen(List.of(new Exit("CPUID", 1, Long.MAX_VALUE - 1)));

        assertThat(timeOf(series)).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(ExitSeries.shortestOf(ExitSeries.bucketOf(Long.MAX_VALUE) + 1))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void withoutExitsThereIsNothing() {
        assertThat(new SeriesWatch(STRETCHES_MAX).seen()).isEqualTo(ExitSeries.NONE);
    }
}
