package io.trapline.producer.emulator;

/** What KVM knows of a vCPU's XFD: its software copies ({@code guest_fpu}) and {@code xfd_no_write_intercept}. */
final class VcpuState {
    private final boolean guestXfd;
    private long xfd;
    private long xfdErr;
    private boolean noWriteIntercept;
    private boolean xcr0HasTiles;

    /** {@code guestXfd}: whether the guest's CPUID has XFD. */
    VcpuState(boolean guestXfd) {
        this.guestXfd = guestXfd;
    }

    boolean guestXfd() {
        return guestXfd;
    }

    long xfd() {
        return xfd;
    }

    void setXfd(long value) {
        xfd = value;
    }

    long xfdErr() {
        return xfdErr;
    }

    void setXfdErr(long value) {
        xfdErr = value;
    }

    boolean noWriteIntercept() {
        return noWriteIntercept;
    }

    /** R4: in the kernel nothing ever clears it. */
    void setNoWriteIntercept(boolean opened) {
        noWriteIntercept = opened;
    }

    /** Whether the guest has enabled tile data in XCR0. */
    boolean xcr0HasTiles() {
        return xcr0HasTiles;
    }

    void enableTilesInXcr0() {
        xcr0HasTiles = true;
    }
}
