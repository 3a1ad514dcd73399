package io.trapline.producer.emulator;

/** The part of vmcs12 or vmcb12 that is looked at: what L1 wants to exit, and what it injects at the next entry. */
public final class NestedControls {
    private final long address;
    private long exceptionBitmap;
    private boolean usesMsrBitmap = true;
    private final MsrBitmap msrBitmap = new MsrBitmap();
    private int injection = Vmcs.NO_INJECTION;
    private boolean launched;

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
