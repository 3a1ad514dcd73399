package io.trapline.streams.profile;

/** Kernels from one version up to another, both included; a bound is null where there is none. */
public record KernelRange(KernelVersion from, KernelVersion to) {
    /** Every kernel. */
    public static final KernelRange ALL = new KernelRange(null, null);

    /** The range between two versions as rows and documents spell them, null where it is not bounded. */
    public static KernelRange of(String from, String to) {
        return new KernelRange(KernelVersion.of(from), KernelVersion.of(to));
    }

    /** Whether every kernel of the other range is one of this. */
    public boolean holdsAll(KernelRange other) {
        return (from == null || other.from != null && from.compareTo(other.from) <= 0)
                && (to == null || other.to != null && to.compareTo(other.to) >= 0);
    }

    /** Whether any kernel of the other range is one of this. */
    public boolean holdsAny(KernelRange other) {
        return notAbove(from, other.to) && notAbove(other.from, to);
    }

    private static boolean notAbove(KernelVersion low, KernelVersion high) {
        return low == null || high == null || low.compareTo(high) <= 0;
    }
}
