package io.trapline.producer.emulator;

/** The part of vmcs12 or vmcb12 that is looked at: what L1 wants to exit, and what it injects at the next entry. */
public final class NestedControls {
    /** Number of B12 in the ground truth. */
    static final int BITMAP = 12;

    private static final long START = 0x100000;

    private final long address;
    private long exceptionBitmap;
    private boolean usesMsrBitmap = true;
    private final MsrBitmap msrBitmap = new MsrBitmap();
    private int injection = Vmcs.NO_INJECTION;
    private boolean launched;
    /** What the ground truth says of B12. */
    private final MsrBitmap told = new MsrBitmap();

    private long rip = START;
    private boolean interruptsEnabled;
    private long cr0 = Vmcs.CR0_AT_START;

    /** {@code address} is where it lies in L1's memory. All MSRs are intercepted, no exceptions are. */
    public NestedControls(long address) {
        this.address = address;
    }

    public long address() {
        return address;
    }

    /** EB12. */
    public long exceptionBitmap() {
        return exceptionBitmap;
    }

    public NestedControls intercept(int vector, boolean intercepted) {
        exceptionBitmap = intercepted ? exceptionBitmap | 1L << vector : exceptionBitmap & ~(1L << vector);
        return this;
    }

    public boolean interceptsException(int vector) {
        return (exceptionBitmap & 1L << vector) != 0;
    }

    /** Whether L1 uses a bitmap at all: without one VMX exits for every access, and SVM for none of L1's. */
    public boolean usesMsrBitmap() {
        return usesMsrBitmap;
    }

    public NestedControls useMsrBitmap(boolean used) {
        usesMsrBitmap = used;
        return this;
    }

    /** B12, for the MSRs that are ever passed through; any other access exits. */
    MsrBitmap msrBitmap() {
        return msrBitmap;
    }

    public NestedControls interceptMsr(long index, boolean write, boolean intercepted) {
        msrBitmap.intercept(index, write, intercepted);
        return this;
    }

    /** Whether the ground truth has to be told that L0 has read this bit of B12. */
    boolean tellsBitmap(long index, boolean write, boolean intercepted) {
        return told.intercept(index, write, intercepted);
    }

    /** L2's RFLAGS.IF at its last exit. */
    public boolean interruptsEnabled() {
        return interruptsEnabled;
    }

    /** L1 lets L2 go on behind an instruction of this length. */
    void advance(int length) {
        rip += length;
    }

    long rip() {
        return rip;
    }

    /** At an exit that L1 gets: what the guest-state area holds then. */
    void saveGuestState(Vmcs vmcs02) {
        rip = vmcs02.rip();
        interruptsEnabled = vmcs02.interruptsEnabled();
        cr0 = vmcs02.cr0();
    }

    void loadGuestState(Vmcs vmcs02) {
        vmcs02.setRip(rip);
        vmcs02.enableInterrupts(interruptsEnabled);
        vmcs02.setCr0(cr0);
    }

    boolean injectsException() {
        return injection != Vmcs.NO_INJECTION && injection < RunLoop.EXCEPTIONS_END;
    }

    /** Whether the next entry is VMRESUME. */
    boolean isLaunched() {
        return launched;
    }

    /** Exception or interrupt that L2 takes at the next entry. */
    public void inject(int vector) {
        injection = vector;
    }

    /** What the entry takes over, once; {@link Vmcs#NO_INJECTION} where nothing. */
    int takeInjection() {
        int vector = injection;
        injection = Vmcs.NO_INJECTION;
        return vector;
    }

    /** Whether the next entry is VMRESUME; from now on it is. */
    boolean launch() {
        boolean before = launched;
        launched = true;
        return before;
    }
}
