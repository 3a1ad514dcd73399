package io.trapline.app.report;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Exits over the time of a run, in stretches of equal length: an exit counts in the one that it began in, its time where it
 * passed.
 *
 * @param start of the first stretch, in units of the run's clock
 * @param width of each
 */
public record ExitSeries(long start, long width, List<Stretch> stretches) {
    /**
     * One stretch. Times are in units of the run's clock.
     *
     * @param exits all of them, halts too
     * @param timeByReason halts left out
     * @param latencies exits by {@link #bucketOf} their duration, halts left out
     */
    public record Stretch(long exits, SortedMap<String, Long> timeByReason, SortedMap<Integer, Long> latencies) {
        public Stretch {
            timeByReason = Collections.unmodifiableSortedMap(new TreeMap<>(timeByReason));
            latencies = Collections.unmodifiableSortedMap(new TreeMap<>(latencies));
        }
    }

    /** Nothing was seen. */
    public static final ExitSeries NONE = new ExitSeries(0, 1, List.of());

    private static final int LAST_BUCKET = bucketOf(Long.MAX_VALUE);

    public ExitSeries {
        stretches = List.copyOf(stretches);
        if (width < 1) {
            throw new IllegalArgumentException("stretches of " + width + " units");
        }
    }

    /** Durations on a logarithmic scale, two buckets for each power of two. */
    public static int bucketOf(long duration) {
        if (duration < 2) {
            return (int) duration;
        }
        int log = Long.SIZE - 1 - Long.numberOfLeadingZeros(duration);
        return 2 * log + (int) (duration >> log - 1 & 1);
    }

    /** The shortest duration of a bucket; behind the last one, the longest of all. */
    public static long shortestOf(int bucket) {
        if (bucket > LAST_BUCKET) {
            return Long.MAX_VALUE;
        }
        return bucket < 2 ? bucket : 2L + (bucket & 1) << bucket / 2 - 1;
    }
}
