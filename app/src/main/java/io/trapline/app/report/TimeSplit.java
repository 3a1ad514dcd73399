package io.trapline.app.report;

import io.trapline.schemas.avro.ExitCostRow;
import java.math.BigInteger;

/**
 * Parts of the time of exits that are not the kernel's, in units of the run's clock. A part that the recording cannot
 * show is null, and its time is in what is left.
 */
public record TimeSplit(BigInteger userspace, BigInteger halted, BigInteger preempted, BigInteger unknown) {
    /** What a recording shows of where time went: kvm_userspace_exit and sched_switch. */
    public record Recorded(boolean userspace, boolean preempted) {}

    static TimeSplit of(ExitCostRow row, Recorded recorded) {
        return new TimeSplit(
                recorded.userspace ? BigInteger.valueOf(row.getUserspaceTime()) : null,
                BigInteger.valueOf(row.getHaltedTime()),
                recorded.preempted ? BigInteger.valueOf(row.getPreemptedTime()) : null,
                BigInteger.valueOf(row.getUnknownTime()));
    }

    /** What the parts leave of this time; null where user space cannot be told from it. */
    public BigInteger kernel(BigInteger time) {
        if (userspace == null) {
            return null;
        }
        BigInteger rest = time.subtract(userspace).subtract(halted).subtract(unknown);
        return preempted == null ? rest : rest.subtract(preempted);
    }

    /** The parts of these exits and the others, of one recording. */
    TimeSplit plus(TimeSplit other) {
        return new TimeSplit(
                sum(userspace, other.userspace),
                sum(halted, other.halted),
                sum(preempted, other.preempted),
                sum(unknown, other.unknown));
    }

    private static BigInteger sum(BigInteger one, BigInteger other) {
        return one == null ? null : one.add(other);
    }
}
