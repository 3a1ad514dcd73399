package io.trapline.producer.emulator;

/**
 * The part of vmcs01 or vmcs02 (vmcb01, vmcb02) that is looked at: what exits, what is injected at the next entry, and the
 * guest's RIP, RFLAGS.IF and CR0.
 */
final class Vmcs {
    static final int VMCS01 = 1;
    static final int VMCS02 = 2;
    static final int NO_INJECTION = -1;
    /** As Linux runs: PE, MP, ET, NE, WP, AM, PG. */
    static final long CR0_AT_START = 0x80050033L;

    private static final long CR0_TS = 8;

    private final int number;
    private final MsrBitmap msrBitmap = new MsrBitmap();
    private boolean usesMsrBitmap = true;
    private long exceptionBitmap;
    private boolean interruptWindowWanted;
    private int injection = NO_INJECTION;
    private long rip;
    private boolean interruptsEnabled;
    private long cr0 = CR0_AT_START;

    Vmcs(int number) {
        this.number = number;
    }

    /** {@link #VMCS01} or {@link #VMCS02}. */
    int number() {
        return number;
    }

    boolean exceptionExits(int vector) {
        return (exceptionBitmap & 1L << vector) != 0;
    }

    long exceptionBitmap() {
        return exceptionBitmap;
    }

    void setExceptionBitmap(long bitmap) {
        exceptionBitmap = bitmap;
    }

    /** B01 or B02. */
    MsrBitmap msrBitmap() {
        return msrBitmap;
    }

    boolean usesMsrBitmap() {
        return usesMsrBitmap;
    }

    void useMsrBitmap(boolean used) {
        usesMsrBitmap = used;
    }

    boolean msrExits(long index, boolean write) {
        return !usesMsrBitmap || msrBitmap.intercepts(index, write);
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

    int injection() {
        return injection;
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

    long cr0() {
        return cr0;
    }

    void setCr0(long value) {
        cr0 = value;
    }

    boolean taskSwitched() {
        return (cr0 & CR0_TS) != 0;
    }

    /** Whether a new value of CR0 differs from the present one in more than TS, which the guest owns. */
    boolean changesMoreThanTaskSwitched(long value) {
        return ((value ^ cr0) & ~CR0_TS) != 0;
    }
}
