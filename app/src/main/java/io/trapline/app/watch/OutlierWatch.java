package io.trapline.app.watch;

import io.trapline.app.report.Evidence;
import io.trapline.app.report.Outlier;
import io.trapline.app.report.Outliers;
import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.core.Turn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.PriorityQueue;

/** Counts the exits that took longer than a threshold, and keeps the longest. */
final class OutlierWatch {
    static final int KEPT_MAX = 100;

    private static final BigDecimal NS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

    private final BigDecimal thresholdNs;
    private final PriorityQueue<Outlier> longest = new PriorityQueue<>(Outlier.ORDER.reversed());
    private long clockHz = -1;
    private long thresholdUnits;
    private long count;
    private Outlier waiting;

    OutlierWatch(BigDecimal thresholdNs) {
        this.thresholdNs = thresholdNs;
    }

    void ended(StreamKey stream, Turn turn, long entryTime, long hz) {
        waiting = null;
        if (entryTime - turn.time() <= thresholdUnits(hz)) {
            return;
        }
        count++;
        Outlier outlier = Outlier.of(stream, turn, entryTime);
        if (longest.size() < KEPT_MAX || Outlier.ORDER.compare(outlier, longest.peek()) < 0) {
            waiting = outlier;
        }
    }

    /** Longer than so many nanoseconds is longer than so many whole units. */
    private long thresholdUnits(long hz) {
        if (hz != clockHz) {
            clockHz = hz;
            thresholdUnits = thresholdNs
                    .multiply(BigDecimal.valueOf(hz))
                    .divide(NS_PER_SECOND, 0, RoundingMode.FLOOR)
                    .min(BigDecimal.valueOf(Long.MAX_VALUE))
                    .longValueExact();
        }
        return thresholdUnits;
    }

    boolean wantsRecords() {
        return waiting != null;
    }

    void records(List<EvidenceLine> lines) {
        longest.add(waiting.with(lines.stream()
                .map(line -> new Evidence(line.getSeq(), line.getTime(), line.getSource(), line.getText()))
                .toList()));
        waiting = null;
        if (longest.size() > KEPT_MAX) {
            longest.remove();
        }
    }

    Outliers found() {
        return new Outliers(
                thresholdNs, count, longest.stream().sorted(Outlier.ORDER).toList());
    }
}
