package io.trapline.app.report;

import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Turn;
import io.trapline.streams.cost.ExitDetail;
import java.util.Comparator;
import java.util.List;

/**
 * One exit that took long.
 *
 * @param duration in units of the run's clock
 * @param records from the exit to its entry: the first is the exit, the last the entry
 */
public record Outlier(
        String vm,
        int vcpu,
        String level,
        String isa,
        String reason,
        String detail,
        long seq,
        long duration,
        List<Evidence> records) {
    /** The longest first, then by VM and vCPU. */
    public static final Comparator<Outlier> ORDER = Comparator.comparingLong(Outlier::duration)
            .reversed()
            .thenComparing(Outlier::vm)
            .thenComparingInt(Outlier::vcpu)
            .thenComparingLong(Outlier::seq);

    public Outlier {
        records = List.copyOf(records);
    }

    /** The exit of this turn, whose records nobody has asked for yet. */
    public static Outlier of(StreamKey stream, Turn turn, long entryTime) {
        return new Outlier(
                stream.vm(),
                stream.vcpu(),
                turn.level().title(),
                RunReading.isa(turn.isa()),
                ExitReasons.name(turn.isa(), turn.reason()),
                ExitDetail.of(turn),
                turn.seq(),
                entryTime - turn.time(),
                List.of());
    }

    public Outlier with(List<Evidence> lines) {
        return new Outlier(vm, vcpu, level, isa, reason, detail, seq, duration, lines);
    }

    Evidence exit() {
        return records.get(0);
    }

    Evidence entry() {
        return records.get(records.size() - 1);
    }
}
