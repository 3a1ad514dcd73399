package io.trapline.app.report;

import java.util.Comparator;

/** Accesses of one vCPU to one place: {@code view} and {@code access} as {@code perf kvm stat} names them. */
public record AccessCost(String vm, int vcpu, String view, String access, ExitTimes time, Percentiles percentiles) {
    static final Comparator<AccessCost> ORDER = Comparator.comparing(AccessCost::vm)
            .thenComparingInt(AccessCost::vcpu)
            .thenComparing(AccessCost::view)
            .thenComparing(AccessCost::access);
}
