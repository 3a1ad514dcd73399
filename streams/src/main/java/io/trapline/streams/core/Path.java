package io.trapline.streams.core;

/** Which way an exit took through KVM. */
public enum Path {
    /** The events do not tell: an MSR exit where the guest's MSR accesses were not recorded. */
    UNKNOWN,
    /** Handled inside the run loop, entered again without R14 to R16. */
    FAST,
    SLOW;

    private static final Path[] BY_ORDINAL = values();

    static Path of(int ordinal) {
        return BY_ORDINAL[ordinal];
    }
}
