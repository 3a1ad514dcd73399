package io.trapline.app.watch;

import io.trapline.app.report.ExitCost;
import io.trapline.app.report.ExitSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts exits over time in a bounded number of stretches. They are a power of two of the clock's units long and begin at
 * multiples of that; when the run outgrows them, each two become one. So the order in which exits come means nothing.
 */
final class SeriesWatch {
    private static final class Counts {
        private long exits;
        private final Map<String, Long> timeByReason = new TreeMap<>();
        private final Map<Integer, Long> latencies = new TreeMap<>();

        private void add(Counts other) {
            exits += other.exits;
            other.timeByReason.forEach((reason, time) -> timeByReason.merge(reason, time, Long::sum));
            other.latencies.forEach((bucket, count) -> latencies.merge(bucket, count, Long::sum));
        }

        private ExitSeries.Stretch asStretch() {
            return new ExitSeries.Stretch(exits, new TreeMap<>(timeByReason), new TreeMap<>(latencies));
        }
    }

    private final int stretchesMax;
    private TreeMap<Long, Counts> counts = new TreeMap<>();
    private int shift;

    SeriesWatch(int stretchesMax) {
        this.stretchesMax = stretchesMax;
    }

    void ended(String reason, long exitTime, long duration) {
        long last = exitTime + Math.max(0, duration - 1);
        makeRoom(exitTime, last);
        Counts begin = counts.get(exitTime >> shift);
        begin.exits++;
        if (!ExitCost.isHalt(reason)) {
            begin.latencies.merge(ExitSeries.bucketOf(duration), 1L, Long::sum);
            spread(reason, exitTime, exitTime + duration);
        }
    }

    /** Each stretch gets the time that lies in it, so that it does not matter how wide they were when the exit came. */
    private void spread(String reason, long exitTime, long entryTime) {
        long from = exitTime;
        while (from < entryTime) {
            long end = (from >> shift) + 1 << shift;
            // The last stretch of all time ends behind it.
            long to = end <= from ? entryTime : Math.min(entryTime, end);
            counts.computeIfAbsent(from >> shift, key -> new Counts())
                    .timeByReason
                    .merge(reason, to - from, Long::sum);
            from = to;
        }
    }

    private void makeRoom(long first, long last) {
        counts.computeIfAbsent(first >> shift, key -> new Counts());
        counts.computeIfAbsent(last >> shift, key -> new Counts());
        while (counts.lastKey() - counts.firstKey() >= stretchesMax) {
            widen();
        }
    }

    private void widen() {
        TreeMap<Long, Counts> wider = new TreeMap<>();
        counts.forEach((at, each) ->
                wider.computeIfAbsent(at >> 1, key -> new Counts()).add(each));
        counts = wider;
        shift++;
    }

    ExitSeries seen() {
        if (counts.isEmpty()) {
            return ExitSeries.NONE;
        }
        List<ExitSeries.Stretch> stretches = new ArrayList<>();
        for (long at = counts.firstKey(); at <= counts.lastKey(); at++) {
            stretches.add(counts.getOrDefault(at, new Counts()).asStretch());
        }
        return new ExitSeries(counts.firstKey() << shift, 1L << shift, stretches);
    }
}
