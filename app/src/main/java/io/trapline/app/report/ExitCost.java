package io.trapline.app.report;

import java.util.Comparator;
import java.util.Set;

/**
 * The exits of one vCPU for one reason and detail: disjoint from all others. {@code open} ones have no
 * duration; {@code syncs} of all of them read the guest's IA32_XFD back.
 */
public record ExitCost(
        String vm,
        int vcpu,
        String level,
        String isa,
        String reason,
        String detail,
        ExitTimes time,
        Percentiles percentiles,
        TimeSplit split,
        long open,
        long syncs) {

    static final Comparator<ExitCost> ORDER = Comparator.comparing(ExitCost::vm)
            .thenComparingInt(ExitCost::vcpu)
            .thenComparing(ExitCost::level)
            .thenComparing(ExitCost::isa)
            .thenComparing(ExitCost::reason)
            .thenComparing(ExitCost::detail);

    private static final Set<String> HALTS = Set.of("HLT", "hlt", "idle-halt");

    /** Whether it is the guest that waits: no cost of the exit. */
    public boolean isHalt() {
        return isHalt(reason);
    }

    /** The same of an exit for this reason. */
    public static boolean isHalt(String reason) {
        return HALTS.contains(reason);
    }
}
