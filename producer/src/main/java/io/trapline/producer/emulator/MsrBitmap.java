package io.trapline.producer.emulator;

/** Interception of the MSRs that are ever passed through here, for reads and writes; any other access exits. */
final class MsrBitmap {
    private static final long[] MSRS = {
        Msr.XFD, Msr.XFD_ERR, Msr.SPEC_CTRL, Msr.KERNEL_GS_BASE,
    };

    private static final int NOT_PASSED = -1;

    /** Two bits for each of {@link #MSRS}: reads, then writes. */
    private long intercepted = -1;

    /** How many MSRs there are to ask about. */
    static int size() {
        return MSRS.length;
    }

    static long msr(int place) {
        return MSRS[place];
    }

    boolean intercepts(long index, boolean write) {
        int place = placeOf(index);
        return place == NOT_PASSED || (intercepted & bit(place, write)) != 0;
    }

    /** Returns whether this changed anything. */
    boolean intercept(long index, boolean write, boolean wanted) {
        int place = placeOf(index);
        if (place == NOT_PASSED) {
            throw new IllegalArgumentException("MSR " + Long.toHexString(index) + " is always intercepted");
        }
        long before = intercepted;
        intercepted = wanted ? before | bit(place, write) : before & ~bit(place, write);
        return intercepted != before;
    }

    private static long bit(int place, boolean write) {
        return 1L << 2 * place + (write ? 1 : 0);
    }

    private static int placeOf(long index) {
        for (int place = 0; place < MSRS.length; place++) {
            if (MSRS[place] == index) {
                return place;
            }
        }
        return NOT_PASSED;
    }
}
