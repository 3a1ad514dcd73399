package io.trapline.producer.emulator;

/**
 * A physical CPU: its clock, the registers that no exit saves, and how tile data behaves under them (SDM vol. 1, 13.14). What
 * the guest finds here is what the hypervisor left, right or wrong.
 */
final class PhysicalCpu {
    /** XTILE_DATA, the only dynamic feature so far, as a bit of XFD and XFD_ERR. */
    static final long XTILE_DATA = 0x40000;

    private final int number;
    private final CostClock clock;
    private final long hostXfd;
    private long xfd;
    private long xfdErr;
    private long tiles;
    /** The per-CPU cache {@code xfd_state}: decides whether WRMSR can be left out, so it must equal the register (P19). */
    private long xfdState;

    private long kernelFaults;

    /** A CPU of an AMD host has no XFD. */
    PhysicalCpu(int number, CostClock clock, Isa isa) {
        this.number = number;
        this.clock = clock;
        hostXfd = isa == Isa.VMX ? XTILE_DATA : 0;
        xfd = hostXfd;
        xfdState = hostXfd;
    }

    /** XFD of a task without AMX permission, such as the VMM's threads and most others; and of a CPU that comes online. */
    long hostXfd() {
        return hostXfd;
    }

    int number() {
        return number;
    }

    CostClock clock() {
        return clock;
    }

    long xfd() {
        return xfd;
    }

    void writeXfd(long value) {
        xfd = value;
    }

    long xfdState() {
        return xfdState;
    }

    void setXfdState(long value) {
        xfdState = value;
    }

    long xfdErr() {
        return xfdErr;
    }

    void writeXfdErr(long value) {
        xfdErr = value;
    }

    /** Offline and online again: the register starts anew, which is the host's own value. */
    void reset() {
        xfd = hostXfd;
        xfdErr = 0;
        tiles = 0;
    }

    /** Whether an instruction on tile data gets #NM; if so XFD_ERR now says why. */
    boolean faultsOnTiles() {
        if (isArmed()) {
            xfdErr = XTILE_DATA;
            return true;
        }
        return false;
    }

    /** Whether tile data is disabled. */
    boolean isArmed() {
        return (xfd & XTILE_DATA) != 0;
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
        return isArmed() ? 0 : tiles;
    }

    /**
     * XRSTOR of saved tile data by the host, 0 for the initial state. Of a component that is armed and was in use it is #NM in
     * the kernel (R18): counted, and the tiles are lost, so that the rest of the run stays comparable.
     */
    void xrstorTiles(long saved) {
        boolean faults = saved != 0 && isArmed();
        if (faults) {
            kernelFaults++;
        }
        tiles = faults ? 0 : saved;
    }

    /** XRSTOR that raised #NM in the host's kernel: a real host would have died. */
    long kernelFaults() {
        return kernelFaults;
    }
}
