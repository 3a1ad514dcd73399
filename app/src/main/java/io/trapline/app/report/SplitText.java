package io.trapline.app.report;

import io.trapline.app.report.TextTable.Side;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** How long the exits of a reason take, by percentiles, and where that time goes. */
final class SplitText {
    private static final List<String> COLUMNS =
            List.of("reason", "level", "p50", "p90", "p99", "p99.9", "kernel %", "user %", "halt %", "preempt %");

    private static final int REASONS_MAX = 12;

    /** Only where there is any. */
    private static final String UNKNOWN_COLUMN = "? %";

    private final RunClock clock;
    private final List<ExitTotal> totals;
    private final boolean unknown;

    /** Of these reasons, in their order; none is without samples. */
    SplitText(RunClock clock, List<ExitTotal> totals) {
        this.clock = clock;
        this.totals = totals;
        unknown = totals.stream().anyMatch(total -> total.split().unknown().signum() > 0);
    }

    List<String> lines() {
        List<String> columns = new ArrayList<>(COLUMNS);
        if (unknown) {
            columns.add(UNKNOWN_COLUMN);
        }
        List<Side> sides = new ArrayList<>(Collections.nCopies(columns.size(), Side.RIGHT));
        sides.set(0, Side.LEFT);
        sides.set(1, Side.LEFT);
        TextTable table = new TextTable(sides);
        table.row(columns);
        totals.stream().limit(REASONS_MAX).forEach(total -> table.row(row(total.name(), total)));
        totals.stream().skip(REASONS_MAX).reduce(ExitTotal::plus).ifPresent(rest -> {
            String more = (totals.size() - REASONS_MAX) + " more";
            table.row(row(new ExitTotal.Name("", "", more, ""), rest));
        });
        return table.lines();
    }

    private List<String> row(ExitTotal.Name name, ExitTotal total) {
        Percentiles percentiles = total.percentiles();
        TimeSplit split = total.split();
        BigInteger time = total.time().sum();
        List<String> cells = new ArrayList<>(List.of(
                Lines.safe(name.reason()),
                Lines.safe(name.level()),
                duration(percentiles.p50()),
                duration(percentiles.p90()),
                duration(percentiles.p99()),
                duration(percentiles.p999()),
                share(split.kernel(time), time),
                share(split.userspace(), time),
                share(split.halted(), time),
                share(split.preempted(), time)));
        if (unknown) {
            cells.add(share(split.unknown(), time));
        }
        return cells;
    }

    private String duration(long units) {
        return HumanFigures.duration(clock.nanos(units));
    }

    private static String share(BigInteger part, BigInteger time) {
        return part == null ? "-" : HumanFigures.percent(part, time);
    }

    /** What other tasks took of the time of the exits; null where nothing shows any. */
    String preempted() {
        BigInteger sum = totals.stream()
                .map(total -> total.split().preempted())
                .filter(Objects::nonNull)
                .reduce(BigInteger.ZERO, BigInteger::add);
        return sum.signum() == 0 ? null : HumanFigures.duration(clock.nanos(sum, 1));
    }
}
