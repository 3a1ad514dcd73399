package io.trapline.streams.core;

/**
 * IA32_XFD after a refused write of it: R3 changes nothing. The value before is remembered until something shows the
 * value after, or the guest may have changed it in another way.
 */
public final class KeptXfd {
    boolean expected;
    long before;
    /** The record at hand has shown it again. */
    boolean shown;

    long after;

    /** Whether this turn shows the value after a refused write. */
    public boolean shown() {
        return shown;
    }

    public long before() {
        return before;
    }

    public long after() {
        return after;
    }

    void refused(VcpuState state) {
        expected = state.xfdKnown;
        before = state.xfd;
    }

    void show(long value) {
        if (expected) {
            shown = true;
            after = value;
            forget();
        }
    }

    /** L1 writes an opened XFD without an exit; L2 cannot (R24). */
    void entered(VcpuState state) {
        if (state.nowi && state.level != Level.L2) {
            forget();
        }
    }

    void forget() {
        expected = false;
    }

    void begin() {
        shown = false;
        after = 0;
    }

    void each(Items items) {
        expected = items.next(expected);
        before = items.next(before);
        shown = items.next(shown);
        after = items.next(after);
    }
}
