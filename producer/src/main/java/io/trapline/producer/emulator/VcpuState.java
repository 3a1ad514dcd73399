package io.trapline.producer.emulator;

/** What KVM knows of a vCPU's XFD: its software copies ({@code guest_fpu}) and {@code xfd_no_write_intercept}. */
final class VcpuState {
    private long xfd;
    private long xfdErr;
    private boolean noWriteIntercept;

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

    /** R4: nothing ever clears it. */
    void stopInterceptingWrites() {
        noWriteIntercept = true;
    }
}
