package io.trapline.app.diff;

import java.util.Comparator;

/** Exits that are compared together; {@code place} is the vCPU where those are kept apart, else empty. */
record ExitKind(String place, String level, String isa, String reason, String detail) implements Comparable<ExitKind> {
    private static final Comparator<ExitKind> ORDER = Comparator.comparing(ExitKind::reason)
            .thenComparing(ExitKind::detail)
            .thenComparing(ExitKind::level)
            .thenComparing(ExitKind::isa)
            .thenComparing(ExitKind::place);

    @Override
    public int compareTo(ExitKind other) {
        return ORDER.compare(this, other);
    }

    /** Reason and detail, for people: {@code MSR_WRITE 0x1c4 write}. */
    String named() {
        return detail.isEmpty() ? reason : reason + " " + detail;
    }

    /** The same on one vCPU. */
    ExitKind at(String vcpu) {
        return new ExitKind(vcpu, level, isa, reason, detail);
    }
}
