package io.trapline.streams.cost;

/**
 * Parts of the time of exits that KVM did not spend on them itself, in units of the run's clock. They do not overlap; what
 * they leave of the time is the kernel's.
 */
public final class TimeParts {
    long userspace;
    long halted;
    long preempted;
    long unknown;

    /** Parts as they are stored. */
    public static TimeParts of(long userspace, long halted, long preempted, long unknown) {
        TimeParts parts = new TimeParts();
        parts.userspace = userspace;
        parts.halted = halted;
        parts.preempted = preempted;
        parts.unknown = unknown;
        return parts;
    }

    void add(TimeParts other) {
        userspace += other.userspace;
        halted += other.halted;
        preempted += other.preempted;
        unknown += other.unknown;
    }

    void clear() {
        userspace = 0;
        halted = 0;
        preempted = 0;
        unknown = 0;
    }

    /** Between the first kvm_userspace_exit and the entry. */
    public long userspace() {
        return userspace;
    }

    /** KVM, or a VMM that halts itself, waited for something that the guest waits for. */
    public long halted() {
        return halted;
    }

    /** Another task had the CPU, although the vCPU's thread could have run. */
    public long preempted() {
        return preempted;
    }

    /** Not to be assigned. */
    public long unknown() {
        return unknown;
    }

    /** All of them. */
    public long sum() {
        return userspace + halted + preempted + unknown;
    }
}
