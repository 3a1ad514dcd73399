package io.trapline.streams.core;

import io.trapline.schemas.event.EventFields.CpuidExecuted;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.Msrs;

/**
 * What the guest's CPUID leaf 0xD has of XFD, as far as the guest has read it (R1). User space sets CPUID before the vCPU
 * runs and KVM refuses to change it afterwards, so losses change nothing; another vCPU does.
 */
public final class GuestCpuid {
    private static final long XSTATE_LEAF = 0xd;
    private static final long XFD = 1 << 4;

    boolean xfdKnown;
    boolean xfd;
    boolean tilesKnown;
    boolean tiles;

    boolean isKnown() {
        return xfdKnown || tilesKnown;
    }

    /** Whether 0xD.1:EAX[4] is known to be 0: R3 and R10 refuse all writes. */
    public boolean lacksXfd() {
        return xfdKnown && !xfd;
    }

    /** Whether 0xD.1:EAX[4] is known to be set. */
    public boolean hasXfd() {
        return xfdKnown && xfd;
    }

    /** Whether 0xD.0:EAX[18] is known to be 0: R3 and R10 accept no bit. */
    public boolean lacksTiles() {
        return tilesKnown && !tiles;
    }

    /** A leaf that the guest does not have reads as another one, or as zeros. */
    void executed(EventView event) {
        if (event.get(CpuidExecuted.FUNC) != XSTATE_LEAF || !event.has(CpuidExecuted.IDX)) {
            return;
        }
        boolean own = event.is(CpuidExecuted.FOUND) && !event.is(CpuidExecuted.USED_MAX_BASIC);
        long eax = own ? event.get(CpuidExecuted.RAX) : 0;
        long subleaf = event.get(CpuidExecuted.IDX);
        if (subleaf == 0) {
            tilesKnown = true;
            tiles = (eax & Msrs.XFD_XTILE_DATA) != 0;
        } else if (subleaf == 1) {
            xfdKnown = true;
            xfd = (eax & XFD) != 0;
        }
    }

    void forget() {
        xfdKnown = false;
        xfd = false;
        tilesKnown = false;
        tiles = false;
    }

    void each(Items items) {
        xfdKnown = items.next(xfdKnown);
        xfd = items.next(xfd);
        tilesKnown = items.next(tilesKnown);
        tiles = items.next(tiles);
    }
}
