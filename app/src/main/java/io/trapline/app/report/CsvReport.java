package io.trapline.app.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Exits as a table for spreadsheets and scripts: a line of names, then one row for each vCPU, level, reason and detail; or,
 * where outliers are asked for, one row for each of them. A figure that does not exist is an empty cell.
 */
public final class CsvReport {
    private static final CsvMapper CSV = new CsvMapper();

    /** A column, and what stands in it; null is an empty cell. */
    private record Column<T>(String name, Function<T, Object> cell) {}

    private final RunDescription run;
    private final RunClock clock;
    private final ExitTimes all;

    private CsvReport(SummaryDocument document) {
        run = document.run();
        clock = run.clock();
        all = document.exits().stream()
                .filter(exit -> !exit.isHalt())
                .map(ExitCost::time)
                .reduce(ExitTimes.NONE, ExitTimes::plus);
    }

    public static String write(RunReport report) {
        CsvReport csv = new CsvReport(report.document());
        if (report.outliers() != null) {
            return table(
                    csv.ofOutliers(),
                    report.outliers().longest().stream().limit(report.listing().top()));
        }
        Stream<ExitCost> exits = report.document().exits().stream()
                .sorted(report.listing().order().ofCosts(csv.clock))
                .limit(report.listing().top());
        return table(csv.ofExits(), exits);
    }

    private static <T> String table(List<Column<T>> columns, Stream<T> rows) {
        CsvSchema.Builder names = CsvSchema.builder();
        columns.forEach(column -> names.addColumn(column.name));
        ObjectWriter writer = CSV.writer(names.build().withHeader());
        List<Object[]> cells = rows.map(row -> columns.stream()
                        .map(column -> safe(column.cell.apply(row)))
                        .toArray())
                .toList();
        try {
            // A table without rows has its line of names all the same.
            return cells.isEmpty() ? header(columns) : writer.writeValueAsString(cells);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> String header(List<Column<T>> columns) {
        return String.join(",", columns.stream().map(Column::name).toList()) + "\n";
    }

    private static Object safe(Object cell) {
        return cell instanceof String text ? Lines.safe(text) : cell;
    }

    private List<Column<ExitCost>> ofExits() {
        return List.of(
                new Column<>("vm", ExitCost::vm),
                new Column<>("vcpu", ExitCost::vcpu),
                new Column<>("level", ExitCost::level),
                new Column<>("isa", ExitCost::isa),
                new Column<>("reason", ExitCost::reason),
                new Column<>("detail", ExitCost::detail),
                new Column<>("samples", exit -> exit.time().samples()),
                new Column<>("share_pct", exit -> exit.isHalt() ? null : samplesPercent(exit)),
                new Column<>("open", ExitCost::open),
                new Column<>("syncs", ExitCost::syncs),
                new Column<>("time_ns", exit -> clock.nanos(exit.time().sum(), 1)),
                new Column<>("time_pct", exit -> exit.isHalt() || !clock.measures() ? null : timePercent(exit)),
                new Column<>("kernel_ns", exit -> clock.measuresNanos() ? kernel(exit) : null),
                new Column<>("userspace_ns", exit -> split(exit).userspace()),
                new Column<>("halted_ns", exit -> split(exit).halted()),
                new Column<>("preempted_ns", exit -> split(exit).preempted()),
                new Column<>("unknown_ns", exit -> split(exit).unknown()),
                new Column<>(
                        "min_ns",
                        exit -> nanos(exit, BigInteger.valueOf(exit.time().min()), 1)),
                new Column<>(
                        "max_ns",
                        exit -> nanos(exit, BigInteger.valueOf(exit.time().max()), 1)),
                new Column<>(
                        "mean_ns",
                        exit -> nanos(exit, exit.time().sum(), exit.time().samples())),
                new Column<>("rsd_pct", exit -> clock.measures() ? exit.time().relativeErrorPercent() : null),
                new Column<>(
                        "p50_ns",
                        exit -> nanos(
                                exit, BigInteger.valueOf(exit.percentiles().p50()), 1)),
                new Column<>(
                        "p90_ns",
                        exit -> nanos(
                                exit, BigInteger.valueOf(exit.percentiles().p90()), 1)),
                new Column<>(
                        "p99_ns",
                        exit -> nanos(
                                exit, BigInteger.valueOf(exit.percentiles().p99()), 1)),
                new Column<>(
                        "p999_ns",
                        exit -> nanos(
                                exit, BigInteger.valueOf(exit.percentiles().p999()), 1)));
    }

    private String samplesPercent(ExitCost exit) {
        return HumanFigures.percent(BigInteger.valueOf(exit.time().samples()), BigInteger.valueOf(all.samples()));
    }

    private String timePercent(ExitCost exit) {
        return HumanFigures.percent(exit.time().sum(), all.sum());
    }

    private TimeSplit split(ExitCost exit) {
        return CostTree.inNanos(exit.split(), clock);
    }

    private BigInteger kernel(ExitCost exit) {
        return split(exit).kernel(clock.nanos(exit.time().sum(), 1));
    }

    /** Without samples there is no figure. */
    private BigInteger nanos(ExitCost exit, BigInteger units, long divisor) {
        return exit.time().samples() == 0 ? null : clock.nanos(units, divisor);
    }

    private List<Column<Outlier>> ofOutliers() {
        return List.of(
                new Column<>("vm", Outlier::vm),
                new Column<>("vcpu", Outlier::vcpu),
                new Column<>("level", Outlier::level),
                new Column<>("isa", Outlier::isa),
                new Column<>("reason", Outlier::reason),
                new Column<>("detail", Outlier::detail),
                new Column<>("duration_ns", outlier -> clock.nanos(outlier.duration())),
                new Column<>("exit_source", outlier -> run.place(outlier.exit().position())),
                new Column<>("exit_ns", outlier -> clock.nanos(outlier.exit().time())),
                new Column<>("exit", outlier -> outlier.exit().text()),
                new Column<>(
                        "entry_source", outlier -> run.place(outlier.entry().position())),
                new Column<>("entry_ns", outlier -> clock.nanos(outlier.entry().time())),
                new Column<>("entry", outlier -> outlier.entry().text()));
    }
}
