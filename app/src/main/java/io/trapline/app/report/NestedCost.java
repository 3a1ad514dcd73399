package io.trapline.app.report;

import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.avro.NestedExits;
import io.trapline.schemas.table.ExitReasons;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

/**
 * What instructions of L2 of one reason and detail cost on one vCPU where L1 emulates them: {@code time} is that of the
 * whole, of which {@code hostTime} was in L0.
 */
public record NestedCost(
        String vm,
        int vcpu,
        String isa,
        String reason,
        String detail,
        ExitTimes time,
        Percentiles percentiles,
        BigInteger hostTime,
        List<Caused> caused) {

    static final Comparator<NestedCost> ORDER = Comparator.comparing(NestedCost::vm)
            .thenComparingInt(NestedCost::vcpu)
            .thenComparing(NestedCost::isa)
            .thenComparing(NestedCost::reason)
            .thenComparing(NestedCost::detail);

    public NestedCost {
        caused = List.copyOf(caused);
    }

    /** Exits on the way, the first one left out. */
    public record Caused(String level, String reason, String detail, long exits, BigInteger time) {
        static final Comparator<Caused> ORDER = Comparator.comparing(Caused::time)
                .reversed()
                .thenComparing(Caused::reason)
                .thenComparing(Caused::detail);

        Caused plus(Caused other) {
            return new Caused(level, reason, detail, exits + other.exits, time.add(other.time));
        }
    }

    static NestedCost of(NestedCostRow row) {
        return new NestedCost(
                row.getVm(),
                row.getVcpu(),
                RunReading.isa(row.getIsa()),
                ExitReasons.name(row.getIsa(), row.getReason()),
                row.getDetail(),
                ExitTimes.of(row.getTime()),
                new Percentiles(row.getTime()),
                BigInteger.valueOf(row.getHostTime()),
                row.getCaused().stream()
                        .map(exits -> caused(row.getIsa(), exits))
                        .sorted(Caused.ORDER)
                        .toList());
    }

    private static Caused caused(int isa, NestedExits exits) {
        return new Caused(
                exits.getLevel(),
                ExitReasons.name(isa, exits.getReason()),
                exits.getDetail(),
                exits.getExits(),
                BigInteger.valueOf(exits.getTime()));
    }

    /** Exits to L0 for these instructions: their own, and all that L1 caused. */
    long exits() {
        return time.samples() + caused.stream().mapToLong(Caused::exits).sum();
    }
}
