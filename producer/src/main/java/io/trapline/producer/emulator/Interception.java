package io.trapline.producer.emulator;

import java.util.Set;

/**
 * What L0 writes into its bitmaps: which accesses of L1 to XFD and XFD_ERR exit, and whether #NM does (R4, R9, R11, R21, R25);
 * axes T and I of the strategies (specification 5.3, 5.4).
 */
final class Interception {
    /** R11, the base: with EPT and no debugger nothing else is trapped. SVM traps none of these here. */
    private static final long BASE_EXCEPTIONS = 1L << Vector.DB | 1L << Vector.UD | 1L << Vector.AC | 1L << Vector.MC;

    private static final long NM = 1L << Vector.NM;
    /** I4: what Linux writes at boot does not count as use. */
    private static final long BOOT_VALUE = PhysicalCpu.XTILE_DATA;

    private final VcpuThread thread;
    private final VcpuState vcpu;
    private final ControlBlocks blocks;
    private final MsrFilter filter;
    private final Strategy strategy;
    private final Isa isa;
    private final TraceRecorder recorder;

    private final int eb01RefreshCycles;
    private final boolean keepsIntercepting;
    private final boolean keepsSpecCtrl;
    private final boolean neverTraps;
    private final boolean forgetsEb02;
    private int unchangedSyncs;

    Interception(
            VcpuThread thread,
            VcpuState vcpu,
            ControlBlocks blocks,
            MsrFilter filter,
            TraceRecorder recorder,
            KvmSetup setup) {
        this.thread = thread;
        this.vcpu = vcpu;
        this.blocks = blocks;
        this.filter = filter;
        this.recorder = recorder;
        strategy = setup.strategy();
        eb01RefreshCycles = setup.costs().eb01Refresh();
        isa = setup.isa();
        Set<Bug> bugs = setup.bugs();
        keepsIntercepting = bugs.contains(Bug.XFD_STILL_INTERCEPTED);
        keepsSpecCtrl = bugs.contains(Bug.SPEC_CTRL_STILL_INTERCEPTED);
        neverTraps = bugs.contains(Bug.NM_NOT_TRAPPED);
        forgetsEb02 = bugs.contains(Bug.NM_MISSING_IN_EB02);
    }

    /** R2, R9: a guest whose CPUID has XFD may read XFD_ERR from the start. */
    void vcpuCreated() {
        // Always open, and told only where a nested entry asks.
        blocks.vmcs01().msrBitmap().intercept(Msr.KERNEL_GS_BASE, false, false);
        blocks.vmcs01().msrBitmap().intercept(Msr.KERNEL_GS_BASE, true, false);
        if (isa == Isa.SVM) {
            return;
        }
        if (vcpu.guestXfd()) {
            pass(Msr.XFD_ERR, false);
            if (strategy.interception() == Strategy.Interception.I3) {
                open();
            }
        }
        writeExceptionBitmap(blocks.loaded(), 0, true);
    }

    /**
     * R4, R5: an accepted write of XFD, by the guest or user space. Recorded after the write's own kvm_msr, although the
     * kernel decides before it: what counts is the next entry, and nothing stands between the register and its kvm_msr.
     */
    void xfdWritten(long value) {
        boolean opens = switch (strategy.interception()) {
            case I1, I5 -> value != 0;
            case I2, I3 -> false;
            case I4 -> value != BOOT_VALUE;
        };
        if (opens && !vcpu.noWriteIntercept()) {
            open();
        }
        if (value != 0 || followsValue()) {
            updateExceptionBitmaps();
        }
    }

    private boolean followsValue() {
        return strategy.trap() == Strategy.Trap.T2 || strategy.trap() == Strategy.Trap.T7;
    }

    private void open() {
        vcpu.setNoWriteIntercept(true);
        unchangedSyncs = 0;
        if (!keepsIntercepting) {
            pass(Msr.XFD, false);
            pass(Msr.XFD, true);
        }
    }

    /** A sync found XFD changed, or not: T3 and T7 follow it, and I5 closes again after a while of none. */
    void synced(boolean changed) {
        unchangedSyncs = changed ? 0 : unchangedSyncs + 1;
        if (strategy.interception() == Strategy.Interception.I5 && unchangedSyncs >= Strategy.REARM_EXITS) {
            vcpu.setNoWriteIntercept(false);
            setIntercepted(Msr.XFD, false, true);
            setIntercepted(Msr.XFD, true, true);
            updateExceptionBitmaps();
        } else if (changed && (strategy.trap() == Strategy.Trap.T3 || strategy.trap() == Strategy.Trap.T7)) {
            updateExceptionBitmaps();
        }
    }

    /** T5. */
    void xcr0Written() {
        if (strategy.trap() == Strategy.Trap.T5) {
            updateExceptionBitmaps();
        }
    }

    /** SPEC_CTRL is passed through after the first value other than 0. */
    void specCtrlWritten(long value) {
        if (value != 0 && !keepsSpecCtrl) {
            pass(Msr.SPEC_CTRL, false);
            pass(Msr.SPEC_CTRL, true);
        }
    }

    /** R21: opening an MSR leaves the directions that user space filters intercepted. */
    private void pass(long index, boolean write) {
        if (!filter.denies(index, write)) {
            setIntercepted(index, write, false);
        }
    }

    private void setIntercepted(long index, boolean write, boolean intercepted) {
        if (blocks.vmcs01().msrBitmap().intercept(index, write, intercepted)) {
            recorder.interceptChanged(Vmcs.VMCS01, index, write, intercepted);
        }
    }

    /** R11 writes the loaded VMCS only, which is what R28 is about; T7 needs both. */
    private void updateExceptionBitmaps() {
        if (isa == Isa.SVM) {
            return;
        }
        if (blocks.inL2()) {
            writeExceptionBitmap(blocks.vmcs02(), blocks.nested().exceptionBitmap(), false);
        }
        if (!blocks.inL2() || strategy.trap() == Strategy.Trap.T7) {
            writeExceptionBitmap(blocks.vmcs01(), 0, false);
        }
    }

    /** R25: what L2 runs with, written at its entry. */
    void enteringL2(NestedControls controls) {
        if (isa == Isa.VMX) {
            writeExceptionBitmap(blocks.vmcs02(), controls.exceptionBitmap(), false);
        } else {
            blocks.vmcs02().setExceptionBitmap(controls.exceptionBitmap());
        }
    }

    /** Nothing in the kernel writes EB01 here (R28). */
    void leftL2() {
        if (strategy.refreshesEb01()) {
            if (eb01RefreshCycles > 0) {
                thread.clock().spend(eb01RefreshCycles);
            }
            updateExceptionBitmaps();
        }
    }

    private void writeExceptionBitmap(Vmcs vmcs, long wantedByL1, boolean first) {
        boolean l2 = vmcs == blocks.vmcs02();
        boolean traps = traps(l2) && !neverTraps && !(l2 && forgetsEb02);
        long bitmap = BASE_EXCEPTIONS | wantedByL1 | (traps ? NM : 0);
        if (first || bitmap != vmcs.exceptionBitmap()) {
            vmcs.setExceptionBitmap(bitmap);
            recorder.exceptionBitmapChanged(vmcs.number(), bitmap);
        }
    }

    private boolean traps(boolean l2) {
        return switch (strategy.trap()) {
            case T1 -> vcpu.noWriteIntercept();
            case T2, T3 -> vcpu.xfd() != 0;
            case T4 -> vcpu.noWriteIntercept() && !l2;
            case T5 -> vcpu.xcr0HasTiles();
            case T6 -> false;
            case T7 -> vcpu.noWriteIntercept() || vcpu.xfd() != 0;
        };
    }
}
