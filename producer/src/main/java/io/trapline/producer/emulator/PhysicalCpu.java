package io.trapline.producer.emulator;

/**
 * The registers of the physical CPU that no exit saves, and how tile data behaves under them (SDM vol. 1, 13.14): what the
 * guest finds here is what the hypervisor left, right or wrong.
 */
final class PhysicalCpu {
    /** XTILE_DATA, the only dynamic feature so far, as a bit of XFD and XFD_ERR. */
    static final long XTILE_DATA = 0x40000;

    private long xfd;
    private long xfdErr;
    private long tiles;

    long xfd() {
        return xfd;
    }

    void writeXfd(long value) {
        xfd = value;
    }

    long xfdErr() {
        return xfdErr;
    }

    void writeXfdErr(long value) {
        xfdErr = value;
    }

    /** Whether an instruction on tile data gets #NM; if so XFD_ERR now says why. */
    boolean faultsOnTiles() {
        if ((xfd & XTILE_DATA) == 0) {
            return false;
        }
        xfdErr = XTILE_DATA;
        return true;
    }

    /** What TILESTORED sees; 0 is the initial state. */
    long tiles() {
        return tiles;
    }

    void loadTiles(long content) {
        tiles = content;
    }

    /** The tile data that XSAVE writes: an armed component counts as not in use. */
    long xsaveTiles() {
        return (xfd & XTILE_DATA) == 0 ? tiles : 0;
    }

    /** XRSTOR of saved tile data, 0 for the initial state. An armed component that was in use would be #NM in the kernel. */
    void xrstorTiles(long saved) {
        if (saved != 0 && (xfd & XTILE_DATA) != 0) {
            throw new IllegalStateException("XRSTOR of tile data under XFD = 0x40000 is #NM in the kernel (R18)");
        }
        tiles = saved;
    }
}
