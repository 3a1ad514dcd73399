package io.trapline.producer.emulator;

import java.util.Set;

/** KVM's decisions about IA32_XFD, IA32_XFD_ERR and #NM (R3-R16), with the mistakes that were planted into them. */
final class XfdDecisions {
    private static final int MISSED_SYNC_EVERY = 4;

    private final VcpuThread thread;
    private final VcpuState vcpu;
    private final ControlBlocks blocks;
    private final HostFpu fpu;
    private final Interception interception;
    private final XfdSyncs syncs;
    private final TraceRecorder recorder;
    private final int rdmsrCycles;
    private final int wrmsrCycles;
    private final boolean looksAtTaskSwitched;

    private final boolean missesSyncs;
    private final boolean syncsLate;
    private final boolean readsOnEveryNm;
    private final boolean capturesLate;
    private final boolean missesRestores;
    private final boolean missesClears;
    private final boolean acceptsAnyValue;
    private long syncsDue;

    XfdDecisions(
            VcpuThread thread,
            VcpuState vcpu,
            ControlBlocks blocks,
            HostFpu fpu,
            Interception interception,
            TraceRecorder recorder,
            KvmSetup setup) {
        this.thread = thread;
        this.vcpu = vcpu;
        this.blocks = blocks;
        this.fpu = fpu;
        this.interception = interception;
        this.recorder = recorder;
        syncs = new XfdSyncs(vcpu, blocks, setup);
        rdmsrCycles = setup.costs().rdmsr();
        wrmsrCycles = setup.costs().wrmsr();
        Set<Bug> bugs = setup.bugs();
        looksAtTaskSwitched = setup.profile().looksAtTaskSwitched() && !bugs.contains(Bug.CAPTURE_DESPITE_TS);
        missesSyncs = bugs.contains(Bug.MISSED_SYNC);
        syncsLate = bugs.contains(Bug.LATE_SYNC);
        readsOnEveryNm = bugs.contains(Bug.READ_ON_EVERY_NM);
        capturesLate = bugs.contains(Bug.LATE_CAPTURE);
        missesRestores = bugs.contains(Bug.MISSING_RESTORE);
        missesClears = bugs.contains(Bug.MISSING_CLEAR);
        acceptsAnyValue = bugs.contains(Bug.INVALID_VALUE_ACCEPTED);
    }

    /** R3: an intercepted write of XFD, or one by user space. Returns false for #GP; nothing has changed then. */
    boolean writeXfd(long value) {
        if (!isValid(value)) {
            return false;
        }
        vcpu.setXfd(value & PhysicalCpu.XTILE_DATA);
        fpu.guestXfdWritten();
        return true;
    }

    /** R10: an intercepted write of XFD_ERR changes the software copy only. Returns false for #GP. */
    boolean writeXfdErr(long value) {
        if (!isValid(value)) {
            return false;
        }
        vcpu.setXfdErr(value & PhysicalCpu.XTILE_DATA);
        return true;
    }

    private boolean isValid(long value) {
        return vcpu.guestXfd() && (acceptsAnyValue || (value & ~PhysicalCpu.XTILE_DATA) == 0);
    }

    /** R15, then R12, then R16: the part of a slow exit before IRQs are enabled. */
    void afterSlowExit(boolean deviceNotAvailable) {
        if (!syncsLate) {
            syncXfd();
        }
        if (deviceNotAvailable && !capturesLate) {
            captureXfdErr();
        }
        clearXfdErr();
        if (syncsLate) {
            syncXfd();
        }
    }

    /** Where the capture was put behind the point at which IRQs are on. */
    void afterIrqsOn(boolean deviceNotAvailable) {
        if (deviceNotAvailable && capturesLate) {
            captureXfdErr();
        }
    }

    /** R15. */
    private void syncXfd() {
        if (!syncs.isDue() || missesSyncs && ++syncsDue % MISSED_SYNC_EVERY == 0) {
            return;
        }
        long value = thread.cpu().xfd();
        thread.clock().spend(rdmsrCycles);
        recorder.hostMsr(false, Msr.XFD, value);
        boolean changed = vcpu.xfd() != value;
        vcpu.setXfd(value);
        fpu.xfdSynced(value);
        interception.synced(changed);
    }

    /** R12: by the software XFD, so it relies on the sync before it. */
    private void captureXfdErr() {
        boolean armed =
                vcpu.xfd() != 0 && !(looksAtTaskSwitched && blocks.loaded().taskSwitched());
        if (armed || readsOnEveryNm) {
            long value = thread.cpu().xfdErr();
            thread.clock().spend(rdmsrCycles);
            recorder.hostMsr(false, Msr.XFD_ERR, value);
            vcpu.setXfdErr(value);
        }
    }

    /** R16: tests the value after R12. */
    private void clearXfdErr() {
        if (vcpu.xfdErr() != 0 && !missesClears) {
            thread.cpu().writeXfdErr(0);
            thread.clock().spend(wrmsrCycles);
            recorder.hostMsr(true, Msr.XFD_ERR, 0);
        }
    }

    /** R14. */
    void beforeEntry() {
        if (vcpu.xfdErr() != 0 && !missesRestores) {
            thread.cpu().writeXfdErr(vcpu.xfdErr());
            thread.clock().spend(wrmsrCycles);
            recorder.hostMsr(true, Msr.XFD_ERR, vcpu.xfdErr());
        }
    }
}
