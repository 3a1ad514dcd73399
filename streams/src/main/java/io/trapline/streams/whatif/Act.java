package io.trapline.streams.whatif;

/**
 * What a guest did, or what came over it, as far as the rules of any strategy look at it: a kind and bits. Acts of the same
 * bits are counted together, so that one pass over a recording serves every strategy, also one that is asked for later.
 * Rows hold these bits: append only.
 */
final class Act {
    /** A slow exit that happens under every strategy. */
    static final int PLAIN = 0;
    /** A #NM, trapped or not. */
    static final int NM = 1;
    /** An access of L1 to IA32_XFD, intercepted or not. */
    static final int XFD_ACCESS = 2;
    /** Two exits see different values of IA32_XFD, and no record in between writes it: at least one write. */
    static final int HIDDEN_WRITE = 3;

    private static final int KIND = 3;

    /** R4's flag was set at the exit. */
    static final int OPEN = 1 << 2;
    /** Nothing had shown yet whether it was. */
    static final int OPEN_UNKNOWN = 1 << 3;
    /** Writes of XFD would not have been intercepted under I4; of a hidden write: it ends the interception. */
    static final int OPEN_I4 = 1 << 4;
    /** The same under I5. */
    static final int OPEN_I5 = 1 << 5;
    /** IA32_XFD was not 0. */
    static final int ARMED = 1 << 6;

    static final int ARMED_UNKNOWN = 1 << 7;
    /** IA32_XFD was not 0 when KVM saw it last before the exit. */
    static final int SEEN_ARMED = 1 << 8;

    static final int SEEN_UNKNOWN = 1 << 9;
    /** L1 got the exit. */
    static final int REFLECTED = 1 << 10;
    /** An XFD fault: the CPU put something into IA32_XFD_ERR. */
    static final int FAULT = 1 << 11;
    /** The recorded kernel had an exit for it. */
    static final int EXITED = 1 << 12;
    /** A write of IA32_XFD. */
    static final int XFD_WRITE = 1 << 13;
    /** The guest had opened SPEC_CTRL. */
    static final int SPEC_CTRL = 1 << 14;

    static final int SPEC_CTRL_UNKNOWN = 1 << 15;
    /** The exit may have been handled on the fast path (R17). */
    static final int PATH_UNKNOWN = 1 << 16;
    /** An exception that does not say which. */
    static final int MAY_BE_NM = 1 << 17;
    /** The access gave #GP. */
    static final int REFUSED = 1 << 18;

    private Act() {}

    static int kind(int act) {
        return act & KIND;
    }

    static boolean has(int act, int bit) {
        return (act & bit) != 0;
    }

    static int bit(boolean condition, int bit) {
        return condition ? bit : 0;
    }
}
