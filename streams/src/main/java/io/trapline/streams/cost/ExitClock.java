package io.trapline.streams.cost;

import io.trapline.schemas.event.EventFields.HaltWakeup;
import io.trapline.schemas.event.EventFields.SchedSwitch;
import io.trapline.schemas.event.EventFields.UserspaceExit;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.streams.core.Exits;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Turn;
import java.math.BigInteger;

/**
 * Where the time of the open exit goes. Preempted: from the sched_switch that takes the runnable thread off the CPU to
 * the one that brings it back, another task's record of which the stream has a copy; where that is missing, to the
 * thread's next record, and if this is the entry itself, how long the thread waited does not show: unknown. Halted: what
 * kvm_vcpu_wakeup measured, up to its record, in whatever turn it is; a turn of HLT without that record is halted as a
 * whole as long as the stream has shown none, and where its thread slept. User space: from the first kvm_userspace_exit
 * to the entry; halted too if its reason is KVM_EXIT_HLT. What is measured wins: preempted before halted, halted before
 * user space. The rest is the kernel's.
 */
public final class ExitClock {
    private static final long NEVER = -1;
    private static final long KVM_EXIT_HLT = 5;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** A kvm_vcpu_wakeup was seen in this stream: they are recorded. */
    private boolean wakeupsRecorded;

    private long begun;
    /** Something of the turn may not be the kernel's: most turns have nothing of the kind. */
    private boolean split;

    private long userspaceAt = NEVER;
    private boolean haltsInUserspace;
    private long offCpuAt = NEVER;
    private boolean woken;
    private boolean slept;
    private long firstPreemptedAt = NEVER;
    private long assignedTo;
    /** How much of what has been assigned lies behind {@link #userspaceAt}. */
    private long assignedInUserspace;

    private final TimeParts parts = new TimeParts();

    /** The thread lost its CPU and has not come back: the next event of whatever kind shows that it has. */
    boolean isOffCpu() {
        return offCpuAt != NEVER;
    }

    /** The next event of the stream, which counts with {@code time}: the thread has its CPU. */
    void goesOn(EventKind kind, long time) {
        if (offCpuAt != NEVER) {
            backOnCpu(kind, time);
        }
    }

    void begin(long time) {
        begun = time;
        if (split) {
            reset();
        }
        assignedTo = time;
    }

    private void reset() {
        split = false;
        userspaceAt = NEVER;
        haltsInUserspace = false;
        offCpuAt = NEVER;
        woken = false;
        slept = false;
        firstPreemptedAt = NEVER;
        assignedInUserspace = 0;
        parts.clear();
    }

    void userspace(EventView event, long time) {
        split = true;
        if (userspaceAt == NEVER) {
            userspaceAt = time;
            haltsInUserspace = event.has(UserspaceExit.REASON) && event.get(UserspaceExit.REASON) == KVM_EXIT_HLT;
        }
    }

    void offCpu(EventView event, long time) {
        if (event.isCopy()) {
            // The thread is back, which its next record shows like any other.
            return;
        }
        split = true;
        if (isRunnable(event.text(SchedSwitch.PREV_STATE))) {
            offCpuAt = time;
        } else {
            slept = true;
        }
    }

    /** R and R+ as kernels print it; raw, TASK_RUNNING is 0 and a preempted task has the bit above the reported states. */
    private static boolean isRunnable(String state) {
        return switch (state) {
            case "R", "R+", "0", "0x0", "256", "0x100" -> true;
            default -> false;
        };
    }

    private void backOnCpu(EventKind kind, long time) {
        long waited = time - offCpuAt;
        if (kind == EventKind.VM_ENTRY) {
            parts.unknown += waited;
        } else {
            parts.preempted += waited;
            firstPreemptedAt = firstPreemptedAt == NEVER ? offCpuAt : firstPreemptedAt;
        }
        // A switch lies on one side of the way to user space: the record of that is the thread's next one.
        assignedInUserspace += userspaceAt == NEVER ? 0 : waited;
        assignedTo = time;
        offCpuAt = NEVER;
    }

    void woken(EventView event, long time, long clockHz) {
        if (clockHz <= 0) {
            // How long that was in the run's units nobody can say.
            return;
        }
        split = true;
        wakeupsRecorded = true;
        woken = true;
        long from = Math.max(begun, time - units(event.get(HaltWakeup.DURATION_NS), clockHz));
        // A thread that polls may be preempted while it waits.
        boolean around = firstPreemptedAt != NEVER && from <= firstPreemptedAt && parts.halted == 0;
        from = around ? from : Math.max(from, assignedTo);
        parts.halted += time - from - (around ? parts.preempted : 0);
        if (userspaceAt != NEVER) {
            long inside = time - Math.max(from, userspaceAt);
            // What was preempted of it has been counted.
            assignedInUserspace = around ? inside : assignedInUserspace + inside;
        }
        assignedTo = time;
    }

    private static long units(long nanos, long clockHz) {
        if (clockHz == NS_PER_SECOND || nanos <= 0) {
            return Math.max(nanos, 0);
        }
        long high = Math.multiplyHigh(nanos, clockHz);
        if (high == 0 && nanos * clockHz >= 0) {
            return nanos * clockHz / NS_PER_SECOND;
        }
        return BigInteger.valueOf(nanos)
                .multiply(BigInteger.valueOf(clockHz))
                .divide(BigInteger.valueOf(NS_PER_SECOND))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

    /** The parts of the turn, which the entry at this time ends. */
    TimeParts end(Turn turn, long time) {
        boolean halt = Exits.isHalt(turn.isa(), turn.reason()) && !turn.nestedReflected();
        if (split || halt) {
            split = true;
            divide(halt, time);
        }
        return parts;
    }

    private void divide(boolean halt, long time) {
        long behind = userspaceAt == NEVER ? 0 : time - userspaceAt - assignedInUserspace;
        long kernel = time - begun - parts.sum() - behind;
        if (haltsInUserspace) {
            parts.halted += behind;
        } else {
            parts.userspace = behind;
        }
        boolean waited = slept || !wakeupsRecorded;
        if (halt && !woken && waited) {
            parts.halted += kernel;
        }
    }

    /** All items in the order of the snapshot. */
    void each(Items items) {
        wakeupsRecorded = items.next(wakeupsRecorded);
        begun = items.next(begun);
        split = items.next(split);
        userspaceAt = items.next(userspaceAt);
        haltsInUserspace = items.next(haltsInUserspace);
        offCpuAt = items.next(offCpuAt);
        woken = items.next(woken);
        slept = items.next(slept);
        firstPreemptedAt = items.next(firstPreemptedAt);
        assignedTo = items.next(assignedTo);
        assignedInUserspace = items.next(assignedInUserspace);
        parts.userspace = items.next(parts.userspace);
        parts.halted = items.next(parts.halted);
        parts.preempted = items.next(parts.preempted);
        parts.unknown = items.next(parts.unknown);
    }
}
