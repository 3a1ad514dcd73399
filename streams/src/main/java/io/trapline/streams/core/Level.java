package io.trapline.streams.core;

/** Who runs on a vCPU: the guest, or a guest of the guest. */
public enum Level {
    UNKNOWN("unknown"),
    L1("L1"),
    L2("L2");

    private static final Level[] BY_ORDINAL = values();

    private final String title;

    Level(String title) {
        this.title = title;
    }

    /** As rows and documents spell it. */
    public String title() {
        return title;
    }

    static Level of(int ordinal) {
        return BY_ORDINAL[ordinal];
    }
}
