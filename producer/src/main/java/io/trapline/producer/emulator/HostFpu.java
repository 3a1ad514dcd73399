package io.trapline.producer.emulator;

import io.trapline.schemas.event.EventFlags;

/**
 * Whose FPU state and XFD are in the physical CPU (R18). Between load and unload the host runs with the guest's XFD; whoever
 * of the host runs meanwhile takes both away until the next entry.
 */
final class HostFpu {
    private static final int IRQS_OFF = EventFlags.RECORDED | EventFlags.IRQS_OFF;
    /** The guest's state as x86_fpu:* names it, and what of it is in use beside tile data. */
    private static final long STATE = 0x7c669581L;

    private static final long XFEATURES = 0x202a2L;
    private static final long HOST_XFEATURES = 0x2a2L;

    private final VcpuThread thread;
    private final VcpuState vcpu;
    private final TraceRecorder recorder;
    private final int wrmsrCycles;
    private final boolean keepsStaleXstate;
    private final boolean losesXfdStateOnHotplug;

    private long guestTiles;
    private boolean loaded;
    private boolean needsLoad;

    HostFpu(VcpuThread thread, VcpuState vcpu, TraceRecorder recorder, KvmSetup setup) {
        this.thread = thread;
        this.vcpu = vcpu;
        this.recorder = recorder;
        wrmsrCycles = setup.costs().wrmsr();
        keepsStaleXstate = setup.bugs().contains(Bug.STALE_XSTATE_BV);
        losesXfdStateOnHotplug = setup.bugs().contains(Bug.XFD_STATE_AFTER_HOTPLUG);
    }

    /** {@code kvm_load_guest_fpu} at KVM_RUN. */
    void load() {
        if (changesXfd(vcpu.xfd())) {
            recorder.hostMsrWithBhOff(Msr.XFD, vcpu.xfd());
        }
        activated(xfeatures(), true);
        thread.cpu().xrstorTiles(guestTiles);
        loaded = true;
        recorder.fpu(true);
    }

    /** {@code kvm_put_guest_fpu} on the way to user space. */
    void unload() {
        leaveRegisters();
        needsLoad = false;
        if (changesXfd(thread.cpu().hostXfd())) {
            recorder.hostMsrWithBhOff(Msr.XFD, thread.cpu().hostXfd());
        }
        activated(HOST_XFEATURES, true);
        thread.cpu().xrstorTiles(0);
        loaded = false;
        recorder.fpu(false);
    }

    /** Another task of the host runs on this CPU. Its WRMSR is a record of its own thread, not of ours. */
    void preempt() {
        leaveCpu();
        if (losesXfdStateOnHotplug && thread.cpu().xfdState() != thread.cpu().hostXfd()) {
            // The CPU goes offline instead. What its bring-up writes leaves no record: it is not online yet.
            thread.cpu().reset();
        } else if (changesXfd(thread.cpu().hostXfd()) && recorder.recordsHost()) {
            recorder.host().access(true, Msr.XFD, thread.cpu().hostXfd(), IRQS_OFF);
        }
        if (recorder.recordsHost()) {
            // Somebody looks at the register through /dev/cpu/N/msr.
            recorder.host().access(false, Msr.XFD, thread.cpu().xfd(), IRQS_OFF);
        }
        thread.cpu().xrstorTiles(0);
    }

    /** The vCPU's thread is scheduled out, for another vCPU's. */
    void leaveCpu() {
        leaveRegisters();
        if (!needsLoad && loaded && recorder.recordsHost()) {
            recorder.xstate("regs_deactivated", STATE, false, xfeatures());
        }
        needsLoad = true;
    }

    /** An interrupt of the host uses the FPU ({@code kernel_fpu_begin}): XFD stays, the registers do not. */
    void usedByInterrupt() {
        leaveRegisters();
        needsLoad = true;
        thread.cpu().loadTiles(0);
    }

    /** {@code switch_fpu_return} before an entry, with IRQs off. */
    void returnToGuest() {
        if (!needsLoad) {
            return;
        }
        needsLoad = false;
        if (changesXfd(vcpu.xfd())) {
            recorder.hostMsr(true, Msr.XFD, vcpu.xfd());
        }
        activated(xfeatures(), false);
        thread.cpu().xrstorTiles(guestTiles);
    }

    /** {@code fpu_update_guest_xfd}: an accepted write reaches the register at once if the guest's state is in it. */
    void guestXfdWritten() {
        if (loaded && !needsLoad) {
            if (changesXfd(vcpu.xfd())) {
                recorder.hostMsrWithBhOff(Msr.XFD, vcpu.xfd());
            }
        } else if (vcpu.xfd() != 0 && !keepsStaleXstate) {
            guestTiles = 0; // R19: what is disarmed leaves XSTATE_BV
        }
    }

    /** The sync of R15 tells the cache what the register holds. */
    void xfdSynced(long value) {
        thread.cpu().setXfdState(value);
    }

    private void leaveRegisters() {
        if (!needsLoad && loaded) {
            guestTiles = thread.cpu().xsaveTiles();
        }
    }

    private long xfeatures() {
        return guestTiles == 0 ? XFEATURES : XFEATURES | PhysicalCpu.XTILE_DATA;
    }

    private void activated(long xfeatures, boolean bhOff) {
        if (!recorder.recordsHost()) {
            return;
        }
        if (bhOff) {
            recorder.xstateWithBhOff("regs_activated", STATE, xfeatures);
        } else {
            recorder.xstate("regs_activated", STATE, false, xfeatures);
        }
    }

    /** Writes the register unless the cache says that it holds the value already; returns whether it did. */
    private boolean changesXfd(long value) {
        if (thread.cpu().xfdState() == value) {
            return false;
        }
        thread.cpu().setXfdState(value);
        thread.cpu().writeXfd(value);
        thread.clock().spend(wrmsrCycles);
        return true;
    }
}
