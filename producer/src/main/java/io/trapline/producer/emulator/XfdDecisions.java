package io.trapline.producer.emulator;

import java.util.Set;

/** KVM's decisions about IA32_XFD, IA32_XFD_ERR and #NM (R1-R16), with the mistakes that were planted into them. */
final class XfdDecisions {
    /** R11, the base: with EPT and no debugger nothing else is trapped. */
    private static final long BASE_EXCEPTIONS = 1L << Vector.DB | 1L << Vector.UD | 1L << Vector.AC | 1L << Vector.MC;

    private static final int MISSED_SYNC_EVERY = 4;

    private final PhysicalCpu cpu;
    private final VcpuState vcpu;
    private final Vmcs vmcs;
    private final HostFpu fpu;
    private final TraceRecorder recorder;
    private final CostClock clock;
    private final int msrCycles;

    private final boolean missesSyncs;
    private final boolean missesRestores;
    private final boolean missesClears;
    private final boolean keepsIntercepting;
    private long syncsDue;

    XfdDecisions(
            PhysicalCpu cpu,
            VcpuState vcpu,
            Vmcs vmcs,
            HostFpu fpu,
            TraceRecorder recorder,
            CostClock clock,
            EmulatorOptions options) {
        this.cpu = cpu;
        this.vcpu = vcpu;
        this.vmcs = vmcs;
        this.fpu = fpu;
        this.recorder = recorder;
        this.clock = clock;
        msrCycles = options.costs().hostMsr();
        Set<Bug> bugs = options.bugs();
        missesSyncs = bugs.contains(Bug.MISSED_SYNC);
        missesRestores = bugs.contains(Bug.MISSING_RESTORE);
        missesClears = bugs.contains(Bug.MISSING_CLEAR);
        keepsIntercepting = bugs.contains(Bug.XFD_STILL_INTERCEPTED);
    }

    /** R2, R9: a guest whose CPUID has XFD may read XFD_ERR from the start. */
    void vcpuCreated() {
        vmcs.passXfdErrReadsThrough();
        recorder.interceptChanged(Msr.XFD_ERR, false, false);
        updateExceptionBitmap();
    }

    /** R3: an intercepted write of XFD. Returns false for #GP; nothing has changed then. */
    boolean writeXfd(long value) {
        if ((value & ~PhysicalCpu.XTILE_DATA) != 0) {
            return false;
        }
        vcpu.setXfd(value);
        fpu.guestXfdWritten();
        return true;
    }

    /**
     * R4, R5: the first accepted non-zero write ends the interception. Recorded after the write's own kvm_msr, although the
     * kernel decides before it: what counts is the next entry, and nothing stands between the register and its kvm_msr.
     */
    void xfdWritten(long value) {
        if (value == 0 || vcpu.noWriteIntercept()) {
            return;
        }
        vcpu.stopInterceptingWrites();
        if (!keepsIntercepting) {
            vmcs.passXfdThrough();
            recorder.interceptChanged(Msr.XFD, false, false);
            recorder.interceptChanged(Msr.XFD, true, false);
        }
        updateExceptionBitmap();
    }

    /** R10: an intercepted write of XFD_ERR changes the software copy only. Returns false for #GP. */
    boolean writeXfdErr(long value) {
        if ((value & ~PhysicalCpu.XTILE_DATA) != 0) {
            return false;
        }
        vcpu.setXfdErr(value);
        return true;
    }

    /** R11. */
    private void updateExceptionBitmap() {
        long bitmap = vcpu.noWriteIntercept() ? BASE_EXCEPTIONS | 1L << Vector.NM : BASE_EXCEPTIONS;
        vmcs.setExceptionBitmap(bitmap);
        recorder.exceptionBitmapChanged(bitmap);
    }

    /** R15, then R12, then R16: the part of a slow exit before IRQs are enabled. */
    void afterSlowExit(boolean deviceNotAvailable) {
        syncXfd();
        if (deviceNotAvailable) {
            captureXfdErr();
        }
        clearXfdErr();
    }

    /** R15. */
    private void syncXfd() {
        if (!vcpu.noWriteIntercept()) {
            return;
        }
        if (missesSyncs && ++syncsDue % MISSED_SYNC_EVERY == 0) {
            return;
        }
        long value = cpu.xfd();
        clock.spend(msrCycles);
        recorder.hostMsr(false, Msr.XFD, value);
        vcpu.setXfd(value);
        fpu.xfdSynced(value);
    }

    /** R12, as up to 6.14: by the software XFD, so it relies on the sync before it. */
    private void captureXfdErr() {
        if (vcpu.xfd() != 0) {
            long value = cpu.xfdErr();
            clock.spend(msrCycles);
            recorder.hostMsr(false, Msr.XFD_ERR, value);
            vcpu.setXfdErr(value);
        }
    }

    /** R16: tests the value after R12. */
    private void clearXfdErr() {
        if (vcpu.xfdErr() != 0 && !missesClears) {
            cpu.writeXfdErr(0);
            clock.spend(msrCycles);
            recorder.hostMsr(true, Msr.XFD_ERR, 0);
        }
    }

    /** R14. */
    void beforeEntry() {
        if (vcpu.xfdErr() != 0 && !missesRestores) {
            cpu.writeXfdErr(vcpu.xfdErr());
            clock.spend(msrCycles);
            recorder.hostMsr(true, Msr.XFD_ERR, vcpu.xfdErr());
        }
    }
}
