package io.trapline.producer.emulator;

import java.util.Set;
import java.util.TreeSet;

/**
 * KVM_X86_SET_MSR_FILTER (R21): accesses that user space keeps to itself. Everything else is allowed.
 *
 * @param deniedReads indexes
 * @param deniedWrites indexes
 * @param toUserSpace whether a denied access ends KVM_RUN with KVM_EXIT_X86_RDMSR or _WRMSR, or is #GP
 */
public record MsrFilter(Set<Long> deniedReads, Set<Long> deniedWrites, boolean toUserSpace) {
    public static final MsrFilter ALLOW_ALL = new MsrFilter(Set.of(), Set.of(), false);

    public MsrFilter {
        deniedReads = Set.copyOf(deniedReads);
        deniedWrites = Set.copyOf(deniedWrites);
    }

    /** In the same order always: part of what decides about the bytes. */
    public String canonical() {
        return "reads=" + new TreeSet<>(deniedReads) + ",writes=" + new TreeSet<>(deniedWrites) + ",user="
                + toUserSpace;
    }

    /** x2APIC registers are never filtered. */
    boolean denies(long index, boolean write) {
        return (index < 0x800 || index > 0x8ff) && (write ? deniedWrites : deniedReads).contains(index);
    }
}
