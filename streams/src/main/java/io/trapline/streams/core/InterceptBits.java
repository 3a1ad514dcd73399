package io.trapline.streams.core;

import io.trapline.streams.core.GroundTruth.Bit;

/** Intercept bits of the MSR bitmaps for L1, for L2, and for L2 as L1 wrote it, of the MSRs that an emulator told of. */
public final class InterceptBits {
    /** Numbers of the bitmaps in {@code InterceptChanged}. */
    static final int NONE = 0;

    static final int B01 = 1;
    static final int B02 = 2;
    static final int B12 = 12;

    /** MSRs that are remembered; of further ones nothing is known. */
    static final int MSRS_MAX = 16;

    private static final int MASK = 3;

    int count;
    final long[] msrs = new long[MSRS_MAX];
    /** Two bits for each bitmap and direction. */
    final long[] bits = new long[MSRS_MAX];

    void change(long bitmap, long index, boolean write, Bit bit) {
        int shift = shift(bitmap, write);
        int place = placeFor(index);
        if (shift >= 0 && place >= 0) {
            bits[place] = bits[place] & ~((long) MASK << shift) | (long) bit.ordinal() << shift;
        }
    }

    private int placeFor(long index) {
        int place = placeOf(index);
        if (place < 0 && count < MSRS_MAX) {
            place = count++;
            msrs[place] = index;
        }
        return place;
    }

    private int placeOf(long index) {
        for (int place = 0; place < count; place++) {
            if (msrs[place] == index) {
                return place;
            }
        }
        return -1;
    }

    private static int shift(long bitmap, boolean write) {
        int direction = write ? 2 : 0;
        if (bitmap == B01) {
            return direction;
        } else if (bitmap == B02) {
            return direction + 4;
        }
        return bitmap == B12 ? direction + 8 : -1;
    }

    Bit bit(int bitmap, long index, boolean write) {
        int place = placeOf(index);
        return place < 0 || bitmap == NONE ? Bit.UNKNOWN : at(place, bitmap, write);
    }

    private Bit at(int place, int bitmap, boolean write) {
        return Bit.of((int) (bits[place] >> shift(bitmap, write)) & MASK);
    }

    /** Whether L0 or L1 is known to intercept this access of L2. */
    boolean denied(long index, boolean write) {
        int place = placeOf(index);
        return place >= 0 && deniedAt(place, write);
    }

    private boolean deniedAt(int place, boolean write) {
        return at(place, B01, write) == Bit.SET || at(place, B12, write) == Bit.SET;
    }

    /** How many MSRs there are. */
    public int count() {
        return count;
    }

    public long index(int place) {
        return msrs[place];
    }

    /** Whether L2 may access the MSR without an exit, by the bitmap that it runs with. */
    public boolean opened(int place, boolean write) {
        return at(place, B02, write) == Bit.CLEAR;
    }

    /** R24: what is open for L2 is intercepted by neither L0 nor L1. False as well where their bits are not known. */
    public boolean leaks(int place, boolean write) {
        return opened(place, write) && deniedAt(place, write);
    }

    void forget() {
        count = 0;
        for (int place = 0; place < MSRS_MAX; place++) {
            msrs[place] = 0;
            bits[place] = 0;
        }
    }

    void each(Items items) {
        count = items.next(count);
        for (int place = 0; place < MSRS_MAX; place++) {
            msrs[place] = items.next(msrs[place]);
            bits[place] = items.next(bits[place]);
        }
    }
}
