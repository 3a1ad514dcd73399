package io.trapline.app.diff;

import io.trapline.app.report.RunReading;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Turn;
import io.trapline.streams.cost.ExitDetail;
import java.util.Comparator;

/** Exits that are compared together; {@code place} is the vCPU where those are kept apart, else empty. */
record ExitKind(String place, String level, String isa, String reason, String detail) implements Comparable<ExitKind> {
    private static final String OTHER = "other";

    private static final Comparator<ExitKind> ORDER = Comparator.comparing(ExitKind::reason)
            .thenComparing(ExitKind::detail)
            .thenComparing(ExitKind::level)
            .thenComparing(ExitKind::isa)
            .thenComparing(ExitKind::place);

    /** What the exit of this turn counts as, whatever vCPU it is of. */
    static ExitKind of(Turn turn) {
        return new ExitKind(
                "",
                turn.level().title(),
                RunReading.isa(turn.isa()),
                ExitReasons.name(turn.isa(), turn.reason()),
                ExitDetail.of(turn));
    }

    @Override
    public int compareTo(ExitKind other) {
        return ORDER.compare(this, other);
    }

    /** All details that are too many to be told apart. */
    ExitKind other() {
        return new ExitKind(place, level, isa, reason, OTHER);
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
