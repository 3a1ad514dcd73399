package io.trapline.producer.emulator;

/**
 * Whose FPU state and XFD are in the physical CPU (R18). Between load and unload the host runs with the guest's XFD; a task
 * of the host that runs meanwhile takes both away until the next entry.
 */
final class HostFpu {
    /** XFD of a task without AMX permission, such as the VMM's threads and most others. */
    static final long HOST_XFD = PhysicalCpu.XTILE_DATA;

    private final PhysicalCpu cpu;
    private final VcpuState vcpu;
    private final TraceRecorder recorder;
    private final CostClock clock;
    private final int msrCycles;

    /** The per-CPU cache {@code xfd_state}: decides whether WRMSR can be left out, so it must equal the register (P19). */
    private long xfdState = HOST_XFD;

    private long guestTiles;
    private boolean loaded;
    private boolean needsLoad;

    HostFpu(PhysicalCpu cpu, VcpuState vcpu, TraceRecorder recorder, CostClock clock, CostModel costs) {
        this.cpu = cpu;
        this.vcpu = vcpu;
        this.recorder = recorder;
        this.clock = clock;
        msrCycles = costs.hostMsr();
        cpu.writeXfd(HOST_XFD);
    }

    /** {@code kvm_load_guest_fpu} at KVM_RUN. */
    void load() {
        if (changesXfd(vcpu.xfd())) {
            recorder.hostMsrWithBhOff(Msr.XFD, vcpu.xfd());
        }
        cpu.xrstorTiles(guestTiles);
        loaded = true;
        recorder.fpu(true);
    }

    /** {@code kvm_put_guest_fpu} on the way to user space. */
    void unload() {
        leaveRegisters();
        needsLoad = false;
        if (changesXfd(HOST_XFD)) {
            recorder.hostMsrWithBhOff(Msr.XFD, HOST_XFD);
        }
        cpu.xrstorTiles(0);
        loaded = false;
        recorder.fpu(false);
    }

    /** Another task of the host runs on this CPU. Its WRMSR is a record of its own thread, not of ours. */
    void preempt() {
        leaveRegisters();
        needsLoad = true;
        changesXfd(HOST_XFD);
        cpu.xrstorTiles(0);
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
        cpu.xrstorTiles(guestTiles);
    }

    /** {@code fpu_update_guest_xfd}: an accepted write reaches the register at once if the guest's state is in it. */
    void guestXfdWritten() {
        if (loaded && !needsLoad && changesXfd(vcpu.xfd())) {
            recorder.hostMsrWithBhOff(Msr.XFD, vcpu.xfd());
        }
    }

    /** The sync of R15 tells the cache what the register holds. */
    void xfdSynced(long value) {
        xfdState = value;
    }

    private void leaveRegisters() {
        if (!needsLoad) {
            guestTiles = cpu.xsaveTiles();
        }
    }

    /** Writes the register unless the cache says that it holds the value already; returns whether it did. */
    private boolean changesXfd(long value) {
        if (xfdState == value) {
            return false;
        }
        xfdState = value;
        cpu.writeXfd(value);
        clock.spend(msrCycles);
        return true;
    }
}
