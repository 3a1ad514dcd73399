package io.trapline.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** What exits cost as a part of {@code trapline.summary/1}. Names and their order are a contract. */
final class CostTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int FACTOR_DIGITS = 2;

    private CostTree() {}

    /** The parts of a time, which add up to it as it is printed, whatever is rounded. */
    static void addSplit(ObjectNode node, BigInteger time, TimeSplit split, RunClock clock) {
        TimeSplit printed = inNanos(split, clock);
        BigInteger nanos = clock.nanos(time, 1);
        node.put("kernel_ns", nanos == null ? null : printed.kernel(nanos))
                .put("userspace_ns", printed.userspace())
                .put("halted_ns", printed.halted())
                .put("preempted_ns", printed.preempted())
                .put("unknown_ns", printed.unknown());
    }

    /** The parts as they are printed; null where the clock measures no time. */
    static TimeSplit inNanos(TimeSplit split, RunClock clock) {
        Printer printer = new Printer(clock);
        return new TimeSplit(
                printer.next(split.userspace()),
                printer.next(split.halted()),
                printer.next(split.preempted()),
                printer.next(split.unknown()));
    }

    /** Rounds the ends of parts that lie side by side, not the parts. */
    private static final class Printer {
        private final RunClock clock;
        private BigInteger end = BigInteger.ZERO;

        Printer(RunClock clock) {
            this.clock = clock;
        }

        BigInteger next(BigInteger units) {
            if (units == null || !clock.measuresNanos()) {
                return null;
            }
            BigInteger begin = end;
            end = end.add(units);
            return clock.nanos(end, 1).subtract(clock.nanos(begin, 1));
        }
    }

    static ArrayNode nested(SummaryDocument document) {
        RunClock clock = document.run().clock();
        ArrayNode nodes = NODES.arrayNode();
        document.nested().forEach(cost -> nodes.add(nested(cost, clock)));
        return nodes;
    }

    private static ObjectNode nested(NestedCost cost, RunClock clock) {
        ExitTimes time = cost.time();
        Percentiles percentiles = cost.percentiles();
        ArrayNode caused = NODES.arrayNode();
        cost.caused().forEach(exits -> caused.add(caused(exits, clock)));
        return NODES.objectNode()
                .put("vm", cost.vm())
                .put("vcpu", cost.vcpu())
                .put("isa", cost.isa())
                .put("reason", cost.reason())
                .put("detail", cost.detail())
                .put("samples", time.samples())
                .put("factor", factor(cost.exits(), time.samples()))
                .put("time_ns", clock.nanos(time.sum(), 1))
                .put("l0_ns", clock.nanos(cost.hostTime(), 1))
                .put("min_ns", clock.nanos(time.min()))
                .put("max_ns", clock.nanos(time.max()))
                .put("mean_ns", clock.nanos(time.sum(), time.samples()))
                .put("p50_ns", clock.nanos(percentiles.p50()))
                .put("p99_ns", clock.nanos(percentiles.p99()))
                .set("caused", caused);
    }

    private static ObjectNode caused(NestedCost.Caused exits, RunClock clock) {
        return NODES.objectNode()
                .put("level", exits.level())
                .put("reason", exits.reason())
                .put("detail", exits.detail())
                .put("exits", exits.exits())
                .put("time_ns", clock.nanos(exits.time(), 1));
    }

    /** Exits for one instruction. */
    private static BigDecimal factor(long exits, long instructions) {
        return BigDecimal.valueOf(exits).divide(BigDecimal.valueOf(instructions), FACTOR_DIGITS, RoundingMode.HALF_UP);
    }

    static ArrayNode hotSpots(SummaryDocument document) {
        RunClock clock = document.run().clock();
        ArrayNode nodes = NODES.arrayNode();
        document.hotSpots().stream()
                .flatMap(places -> places.listed().places().stream())
                .forEach(place -> nodes.add(NODES.objectNode()
                        .put("kind", place.name().kind())
                        .put("vm", place.name().vm())
                        .put("level", place.name().level())
                        .put("isa", place.name().isa())
                        .put("reason", place.name().reason())
                        .put("address", "0x" + Long.toHexString(place.name().address()))
                        .put("symbol", place.symbol())
                        .put("exits", place.exits())
                        .put("error", place.error())
                        .put("time_ns", clock.nanos(place.time(), 1))));
        return nodes;
    }

    /** Of each kind and VM, how many exits a place may have that is not among its hot spots. */
    static ArrayNode hotSpotsUnlisted(SummaryDocument document) {
        ArrayNode nodes = NODES.arrayNode();
        document.hotSpots().stream()
                .map(HotPlaces::listed)
                .forEach(places -> nodes.add(NODES.objectNode()
                        .put("kind", places.kind())
                        .put("vm", places.vm())
                        .put("exits_max", places.unlisted())));
        return nodes;
    }

    /** Null where nothing of XFD was recorded. */
    static ObjectNode xfd(XfdCost xfd) {
        return xfd == null
                ? null
                : NODES.objectNode()
                        .put("syncs", xfd.syncs())
                        .put("captures", xfd.captures())
                        .put("restores", xfd.restores())
                        .put("clears", xfd.clears())
                        .put("cycles_lo", xfd.cycles().lo())
                        .put("cycles_hi", xfd.cycles().hi());
    }
}
