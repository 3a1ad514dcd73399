package io.trapline.streams.core;

/**
 * Whether a guest has a reason to clear IA32_XFD_ERR: a #NM that KVM trapped, its own write, or any sign that KVM's copy is
 * not 0. Three-valued; the accepted write of 0 takes it (P6).
 */
public enum ErrToken {
    UNKNOWN,
    NONE,
    PRESENT;

    private static final ErrToken[] BY_ORDINAL = values();

    static ErrToken of(int ordinal) {
        return BY_ORDINAL[ordinal];
    }
}
