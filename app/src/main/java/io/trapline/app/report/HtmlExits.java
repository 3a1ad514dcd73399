package io.trapline.app.report;

import io.trapline.app.report.HtmlTable.Cell;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The tables of exits of the page, and what stands in none of their figures. */
final class HtmlExits {
    private final SummaryDocument document;
    private final ExitListing listing;
    private final RunClock clock;
    private final List<ExitCost> costs;
    private final ExitTimes all;

    HtmlExits(RunReport report) {
        document = report.document();
        listing = report.listing();
        clock = document.run().clock();
        costs = document.exits().stream().filter(exit -> !exit.isHalt()).toList();
        all = costs.stream().map(ExitCost::time).reduce(ExitTimes.NONE, ExitTimes::plus);
    }

    Map<String, Object> byReason() {
        return table("All vCPUs together, by reason", false).of(shown(ExitTotal.byReason(costs)));
    }

    Map<String, Object> byDetail() {
        return table("All vCPUs together, by reason and detail", true).of(shown(ExitTotal.byDetail(costs)));
    }

    private List<ExitTotal> shown(Collection<ExitTotal> totals) {
        return totals.stream()
                .filter(total -> total.time().samples() > 0)
                .sorted(listing.order().ofTotals(clock))
                .limit(listing.top())
                .toList();
    }

    /** One line a column. */
    private HtmlTable<ExitTotal> table(String caption, boolean detailed) {
        HtmlTable<ExitTotal> table = new HtmlTable<>(caption);
        table.text("reason", total -> total.name().reason());
        if (detailed) {
            table.text("detail", total -> total.name().detail());
        }
        table.text("level", total -> total.name().level());
        table.figure("samples", total -> Cell.count(total.time().samples()));
        table.figure("share %", total -> percent(units(total.time().samples()), units(all.samples())));
        if (clock.measuresNanos()) {
            table.figure("total", total -> duration(total.time().sum(), 1));
            table.figure("time %", total -> percent(total.time().sum(), all.sum()));
            table.figure("min", total -> duration(units(total.time().min()), 1));
            table.figure(
                    "mean", total -> duration(total.time().sum(), total.time().samples()));
            table.figure(
                    "+-%",
                    total -> Cell.number(total.time().relativeErrorPercent().toPlainString()));
            table.figure("p50", total -> duration(units(total.percentiles().p50()), 1));
            table.figure("p90", total -> duration(units(total.percentiles().p90()), 1));
            table.figure("p99", total -> duration(units(total.percentiles().p99()), 1));
            table.figure("p99.9", total -> duration(units(total.percentiles().p999()), 1));
            table.figure("max", total -> duration(units(total.time().max()), 1));
        }
        return table;
    }

    /** Where the time of exits went; null where nobody measured it. */
    Map<String, Object> split() {
        return clock.measuresNanos()
                ? new HtmlTable<ExitTotal>("Where the time of exits went, in percent of it")
                        .text("reason", total -> total.name().reason())
                        .text("level", total -> total.name().level())
                        .figure("total", total -> duration(total.time().sum(), 1))
                        .figure(
                                "kernel",
                                total -> part(total.split().kernel(total.time().sum()), total))
                        .figure("user space", total -> part(total.split().userspace(), total))
                        .figure("halted", total -> part(total.split().halted(), total))
                        .figure("preempted", total -> part(total.split().preempted(), total))
                        .figure("unknown", total -> part(total.split().unknown(), total))
                        .of(shown(ExitTotal.byReason(costs)))
                : null;
    }

    private static Cell part(BigInteger part, ExitTotal of) {
        return part == null ? Cell.figure("-", null) : percent(part, of.time().sum());
    }

    private static BigInteger units(long units) {
        return BigInteger.valueOf(units);
    }

    private static Cell percent(BigInteger part, BigInteger whole) {
        return Cell.number(HumanFigures.percent(part, whole));
    }

    private Cell duration(BigInteger units, long divisor) {
        BigInteger nanos = clock.nanos(units, divisor);
        return Cell.figure(HumanFigures.duration(nanos), nanos);
    }

    /** What is in no row: halts, and exits without an entry. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (document.xfd() != null) {
            notes.add(ExitText.sentence(document.xfd()));
        }
        List<ExitCost> halts =
                document.exits().stream().filter(ExitCost::isHalt).toList();
        ExitTimes halted = halts.stream().map(ExitCost::time).reduce(ExitTimes.NONE, ExitTimes::plus);
        if (halted.samples() > 0) {
            String names =
                    halts.stream().map(ExitCost::reason).distinct().sorted().collect(Collectors.joining(", "));
            String time =
                    clock.measuresNanos() ? ", " + HumanFigures.duration(clock.nanos(halted.sum(), 1)) + " in all" : "";
            notes.add("Halted, which is no cost of the exit: " + names + ", "
                    + HumanFigures.counted(halted.samples(), "exit") + time + ".");
        }
        long open = document.exits().stream().mapToLong(ExitCost::open).sum();
        if (open > 0) {
            notes.add(
                    "Open, in no figure above: " + HumanFigures.counted(open, "exit") + " without a following entry.");
        }
        if (!clock.measuresNanos()) {
            notes.add("No times: the unit of this run's clock is not known.");
        }
        return notes;
    }

    /** The books of each vCPU. */
    Map<String, Object> accounts() {
        HtmlTable<StreamAccount> table = new HtmlTable<StreamAccount>("Where the time of each vCPU went")
                .text("VM", StreamAccount::vm)
                .figure("vCPU", account -> Cell.count(account.vcpu()))
                .figure("events", account -> Cell.count(account.events()))
                .figure("entries", account -> Cell.count(account.entries()))
                .figure("exits", account -> Cell.count(account.exits()))
                .figure("open", account -> Cell.count(account.open()));
        if (clock.measures()) {
            table.figure("guest %", account -> ofWall(account, StreamAccount::guest))
                    .figure("host %", account -> ofWall(account, StreamAccount::host))
                    .figure("unknown %", account -> ofWall(account, StreamAccount::unknown));
        }
        return table.of(document.audit().vcpus());
    }

    private static Cell ofWall(StreamAccount account, ToLongFunction<StreamAccount> part) {
        return percent(units(part.applyAsLong(account)), units(account.wall()));
    }
}
