package io.trapline.streams.core;

import io.trapline.schemas.event.EventFields.NestedEntry;
import io.trapline.schemas.event.EventFields.NestedIntercepts;
import io.trapline.schemas.event.EventView;

/**
 * What is known of the guest that L1 runs now: what L1 wants to intercept where a record says so (SVM, R25), and how its
 * exits were routed so far (R23, R26). Exits with which L1 may change its VMCS forget it all.
 */
public final class PresentL2 {
    /** MSR accesses remembered as kept by L0; the oldest makes room. */
    static final int KEPT_MAX = 16;

    private static final long NM_BIT = 1L << Exits.NM_VECTOR;
    private static final long MSR_PROT_BIT = 1L << 28;

    /** Address of its VMCS or VMCB in L1's memory. */
    long control;

    boolean interceptsKnown;
    boolean wantsNm;
    boolean interceptsMsrs;

    boolean nmReflected;
    boolean nmKept;

    private final long[] kept = new long[KEPT_MAX];
    int keptCount;
    int keptNext;

    /** L1's intercepts of this L2 were recorded. */
    public boolean interceptsKnown() {
        return interceptsKnown;
    }

    /** L1 intercepts #NM. */
    public boolean wantsNm() {
        return wantsNm;
    }

    /** L1 intercepts MSR accesses by its bitmap; else it wants none. */
    public boolean interceptsMsrs() {
        return interceptsMsrs;
    }

    /** All its #NM exits so far, of which there were some, were reflected. */
    public boolean nmsReflected() {
        return nmReflected && !nmKept;
    }

    /** Whether L0 has kept such an access. */
    public boolean hasKept(long msr, boolean write) {
        return placeOf(key(msr, write)) >= 0;
    }

    private int placeOf(long key) {
        for (int place = 0; place < keptCount; place++) {
            if (kept[place] == key) {
                return place;
            }
        }
        return -1;
    }

    private static long key(long msr, boolean write) {
        return msr << 1 | (write ? 1 : 0);
    }

    void entered(EventView event) {
        long address = event.get(NestedEntry.VMCB);
        if (address != control) {
            forget();
            control = address;
        }
        // SVM says them again with each VMRUN, behind this record.
        interceptsKnown = false;
    }

    void intercepts(EventView event) {
        interceptsKnown = true;
        wantsNm = (event.get(NestedIntercepts.EXCEPTIONS) & NM_BIT) != 0;
        interceptsMsrs = (event.get(NestedIntercepts.INTERCEPT1) & MSR_PROT_BIT) != 0;
    }

    /** The turn of an exit of L2 has ended. */
    void exited(Turn turn) {
        if (turn.isNm()) {
            nmReflected |= turn.reflectsNm();
            nmKept |= !turn.reflectsNm();
        } else if (turn.keepsMsrAccess()) {
            keep(key(turn.firstMsr, turn.firstMsrWrite));
        }
    }

    private void keep(long key) {
        if (placeOf(key) < 0) {
            kept[keptNext] = key;
            keptNext = (keptNext + 1) % KEPT_MAX;
            keptCount = Math.min(keptCount + 1, KEPT_MAX);
        }
    }

    void forget() {
        control = 0;
        interceptsKnown = false;
        wantsNm = false;
        interceptsMsrs = false;
        nmReflected = false;
        nmKept = false;
        keptCount = 0;
        keptNext = 0;
    }

    void each(Items items) {
        control = items.next(control);
        interceptsKnown = items.next(interceptsKnown);
        wantsNm = items.next(wantsNm);
        interceptsMsrs = items.next(interceptsMsrs);
        nmReflected = items.next(nmReflected);
        nmKept = items.next(nmKept);
        keptCount = items.next(keptCount);
        keptNext = items.next(keptNext);
        for (int place = 0; place < KEPT_MAX; place++) {
            kept[place] = items.next(kept[place]);
        }
    }
}
