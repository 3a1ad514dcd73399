package io.trapline.producer.emulator;

/** The part of vmcs01 that is looked at: what exits, what is injected at the next entry, and the guest's RIP and RFLAGS.IF. */
final class Vmcs {
    static final int VMCS01 = 1;
    static final int NO_INJECTION = -1;

    private long exceptionBitmap;
    private boolean xfdReadExits = true;
    private boolean xfdWriteExits = true;
    private boolean xfdErrReadExits = true;
    private boolean interruptWindowWanted;
    private int injection = NO_INJECTION;
    private long rip;
    private boolean interruptsEnabled;

    boolean exceptionExits(int vector) {
        return (exceptionBitmap & 1L << vector) != 0;
    }

    void setExceptionBitmap(long bitmap) {
        exceptionBitmap = bitmap;
    }

    /** B01, for the MSRs that are ever passed through here; any other access exits. */
    boolean readExits(long index) {
        return index == Msr.XFD ? xfdReadExits : index != Msr.XFD_ERR || xfdErrReadExits;
    }

    boolean writeExits(long index) {
        return index != Msr.XFD || xfdWriteExits;
    }

    void passXfdThrough() {
        xfdReadExits = false;
        xfdWriteExits = false;
    }

    void passXfdErrReadsThrough() {
        xfdErrReadExits = false;
    }

    boolean interruptWindowWanted() {
        return interruptWindowWanted;
    }

    void wantInterruptWindow(boolean wanted) {
        interruptWindowWanted = wanted;
    }

    /** Vector that the next entry delivers. */
    void inject(int vector) {
        injection = vector;
    }

    /** What the entry delivered, once; {@link #NO_INJECTION} where nothing. */
    int takeInjection() {
        int vector = injection;
        injection = NO_INJECTION;
        return vector;
    }

    long rip() {
        return rip;
    }

    void setRip(long newRip) {
        rip = newRip;
    }

    boolean interruptsEnabled() {
        return interruptsEnabled;
    }

    void enableInterrupts(boolean enabled) {
        interruptsEnabled = enabled;
    }
}
