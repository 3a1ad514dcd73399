package io.trapline.streams.core;

/** On which side of the VM entry a vCPU's thread is. */
public enum Phase {
    /** The recording began, or lost events, and has shown neither entry nor exit since. */
    UNKNOWN,
    IN_GUEST,
    IN_HOST;

    private static final Phase[] BY_ORDINAL = values();

    static Phase of(int ordinal) {
        return BY_ORDINAL[ordinal];
    }
}
