package io.trapline.app.watch;

import io.trapline.app.report.ExitCost;
import io.trapline.app.report.ExitSeries;
import io.trapline.app.report.Outliers;
import io.trapline.app.report.ReportScope;
import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.fold.ExitWatcher;
import java.math.BigDecimal;
import java.util.List;

/** What a report asks of the single exits of a run, as far as its scope holds them. */
public final class WatchedExits implements ExitWatcher {
    private static final int STRETCHES_MAX = 256;

    private final ReportScope scope;
    private final OutlierWatch outliers;
    private final SeriesWatch series;
    private boolean wantsRecords;

    /** {@code thresholdNs}: null where no outliers are asked for. */
    public WatchedExits(ReportScope scope, BigDecimal thresholdNs, boolean withSeries) {
        this.scope = scope;
        outliers = thresholdNs == null ? null : new OutlierWatch(thresholdNs);
        series = withSeries ? new SeriesWatch(STRETCHES_MAX) : null;
    }

    /** Whether rows do not hold all that is asked for. */
    public boolean wantsAnything() {
        return outliers != null || series != null;
    }

    @Override
    public void ended(StreamKey stream, VcpuState at, Turn turn, EventView entry) {
        wantsRecords = false;
        if (!wantsAnything()) {
            return;
        }
        String reason = ExitReasons.name(turn.isa(), turn.reason());
        if (!scope.holds(stream, turn.level().title(), reason)) {
            return;
        }
        if (series != null) {
            series.ended(reason, turn.time(), at.time() - turn.time());
        }
        if (outliers != null && !ExitCost.isHalt(reason)) {
            outliers.ended(stream, turn, at.time(), entry.columns().clockHz());
            wantsRecords = outliers.wantsRecords();
        }
    }

    @Override
    public boolean wantsRecords() {
        return wantsRecords;
    }

    @Override
    public void records(List<EvidenceLine> lines) {
        outliers.records(lines);
    }

    @Override
    public void broken(StreamKey stream, VcpuState at, Turn turn) {
        // What took how long is not known.
    }

    /** Null where none are asked for. */
    public Outliers outliers() {
        return outliers == null ? null : outliers.found();
    }

    /** Null where none is asked for. */
    public ExitSeries series() {
        return series == null ? null : series.seen();
    }
}
