package io.trapline.streams.whatif;

import io.trapline.streams.core.Items;

/**
 * What KVM would know and intercept under rules other than the recorded kernel's. Where the guest's writes leave no record,
 * they are the fewest that explain what was seen: what is counted by {@link #openI4} and {@link #openI5} is then the least.
 */
final class Machines {
    /** I4 has ended the interception. */
    boolean openI4;
    /** I5 has, and has not begun again. */
    boolean openI5;

    private long unchanged;
    private long lastXfd;

    /** IA32_XFD as an exit saw it last (T3). */
    long seen;

    boolean seenKnown;
    /** What KVM holds if nobody reads IA32_XFD back (S6). */
    long copy;

    boolean copyKnown;
    /** The recording shows how the interception ended. */
    boolean beginSeen;

    /** The guest writes IA32_XFD, with an exit or without. */
    void written(long value) {
        openI4 |= value != InterceptRule.BOOT_VALUE;
        if (value != 0 && !openI5) {
            openI5 = true;
            unchanged = 0;
            lastXfd = value;
        }
    }

    /** A slow exit finds this value. */
    void exited(long value) {
        if (!openI5) {
            return;
        }
        unchanged = value == lastXfd ? unchanged + 1 : 0;
        lastXfd = value;
        openI5 = unchanged < InterceptRule.REARM_AFTER;
    }

    /** KVM learns the value without reading it back: the guest's write exits under any rule. */
    void told(long value) {
        seen = value;
        seenKnown = true;
        copy = value;
        copyKnown = true;
        lastXfd = value;
    }

    /** Another vCPU may run here from now on. */
    void forget() {
        openI4 = false;
        openI5 = false;
        unchanged = 0;
        seenKnown = false;
        copyKnown = false;
        beginSeen = false;
    }

    void each(Items items) {
        openI4 = items.next(openI4);
        openI5 = items.next(openI5);
        unchanged = items.next(unchanged);
        lastXfd = items.next(lastXfd);
        seen = items.next(seen);
        seenKnown = items.next(seenKnown);
        copy = items.next(copy);
        copyKnown = items.next(copyKnown);
        beginSeen = items.next(beginSeen);
    }
}
