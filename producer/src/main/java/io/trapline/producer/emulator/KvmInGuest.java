package io.trapline.producer.emulator;

/**
 * A hypervisor in L1: KVM, which decides about its guest as L0 decides about it (R3-R16), or one that leaves XFD_ERR and #NM
 * to its guest. One XFD and XFD_ERR are all there is for L1 and L2 (R27), so it has to switch them.
 */
public final class KvmInGuest implements L1Hypervisor {
    private static final long TEXT = 0xffffffffc039d000L;
    private static final long WRMSR = 0xffffffff81073914L;
    private static final long RDMSR = 0xffffffff810737c3L;

    private final boolean isKvm;
    private final boolean switchesXfd;

    private boolean loaded;
    private long hostXfd;
    private long hostTiles;
    private long xfd;
    private long xfdErr;
    private long tiles;
    private boolean noWriteIntercept;
    private long deadline;
    private boolean irqWorkPending;

    /**
     * {@code isKvm}: intercepts XFD until its guest writes a value other than 0, and #NM from then on; else never.
     * {@code switchesXfd}: gives L1's own tasks their XFD and tiles back while L2 does not run.
     */
    public KvmInGuest(boolean isKvm, boolean switchesXfd) {
        this.isKvm = isKvm;
        this.switchesXfd = switchesXfd;
    }

    /** A control block as this hypervisor sets it up for a guest with XFD. */
    public NestedControls controls(long address) {
        NestedControls controls = new NestedControls(address)
                .interceptMsr(Msr.XFD_ERR, false, false)
                .interceptMsr(Msr.SPEC_CTRL, false, false)
                .interceptMsr(Msr.SPEC_CTRL, true, false)
                .interceptMsr(Msr.KERNEL_GS_BASE, false, false)
                .interceptMsr(Msr.KERNEL_GS_BASE, true, false);
        return isKvm
                ? controls
                : controls.interceptMsr(Msr.XFD, false, false)
                        .interceptMsr(Msr.XFD, true, false)
                        .interceptMsr(Msr.XFD_ERR, true, false);
    }

    @Override
    public void entering(GuestCpu cpu, NestedControls controls) {
        if (!loaded) {
            load(cpu);
        }
        if (xfdErr != 0) {
            cpu.at(WRMSR).writeMsr(Msr.XFD_ERR, xfdErr);
        }
        cpu.at(RDMSR).readMsr(Msr.DEBUGCTL);
        if (controls.interruptsEnabled() && !controls.injectsException()) {
            injectInterrupt(cpu, controls);
        }
    }

    private void injectInterrupt(GuestCpu cpu, NestedControls controls) {
        if (irqWorkPending) {
            irqWorkPending = false;
            controls.inject(Vector.IRQ_WORK);
        } else if (deadline != 0 && cpu.tsc() >= deadline) {
            deadline = 0;
            controls.inject(Vector.TIMER);
        }
    }

    @Override
    public long exited(GuestCpu cpu, NestedControls controls, NestedExit exit) {
        if (switchesXfd && (noWriteIntercept || !isKvm)) {
            xfd = cpu.at(TEXT).readMsr(Msr.XFD);
        }
        boolean deviceNotAvailable =
                exit.reason() == ExitReason.DEVICE_NOT_AVAILABLE.number(Isa.VMX) && exit.isException(Vector.NM);
        if (isKvm && deviceNotAvailable && xfd != 0) {
            xfdErr = cpu.at(TEXT + 0x40).readMsr(Msr.XFD_ERR);
        }
        if (xfdErr != 0) {
            cpu.at(WRMSR).writeMsr(Msr.XFD_ERR, 0);
        }
        cpu.at(TEXT + 0x80).enableInterrupts();
        if (deviceNotAvailable) {
            controls.inject(Vector.NM);
            return 0;
        }
        return handle(cpu, controls, exit);
    }

    private long handle(GuestCpu cpu, NestedControls controls, NestedExit exit) {
        int reason = exit.reason();
        if (reason == ExitReason.HLT.number(Isa.VMX)) {
            unload(cpu);
        } else if (reason == ExitReason.IO_INSTRUCTION.number(Isa.VMX)) {
            unload(cpu);
            cpu.at(TEXT + 0x200).compute();
            return 0x60;
        } else if (reason == ExitReason.MSR_READ.number(Isa.VMX)) {
            return read(exit.index());
        } else if (reason == ExitReason.MSR_WRITE.number(Isa.VMX)) {
            write(cpu, controls, exit.index(), exit.value());
        }
        return 0;
    }

    private long read(long index) {
        if (index == Msr.XFD) {
            return xfd;
        }
        return index == Msr.XFD_ERR ? xfdErr : 0;
    }

    private void write(GuestCpu cpu, NestedControls controls, long index, long value) {
        if (index == Msr.XFD) {
            writeXfd(cpu, controls, value);
        } else if (index == Msr.XFD_ERR) {
            xfdErr = value;
        } else if (index == Msr.TSC_DEADLINE) {
            deadline = value;
        } else if (index == Msr.X2APIC_ICR) {
            irqWorkPending = true;
        }
    }

    /** R3 and R4 once more, one level up. */
    private void writeXfd(GuestCpu cpu, NestedControls controls, long value) {
        if (xfd != value) {
            xfd = value;
            cpu.at(WRMSR).writeMsr(Msr.XFD, value);
        }
        if (value != 0 && !noWriteIntercept) {
            noWriteIntercept = true;
            controls.interceptMsr(Msr.XFD, false, false)
                    .interceptMsr(Msr.XFD, true, false)
                    .intercept(Vector.NM, true);
        }
    }

    /** L1's {@code kvm_load_guest_fpu}. */
    private void load(GuestCpu cpu) {
        loaded = true;
        if (!switchesXfd) {
            return;
        }
        hostTiles = cpu.xsaveTiles();
        hostXfd = cpu.at(TEXT + 0x300).readMsr(Msr.XFD);
        if (hostXfd != xfd) {
            cpu.at(WRMSR).writeMsr(Msr.XFD, xfd);
        }
        cpu.xrstorTiles(tiles);
    }

    /** L1's {@code kvm_put_guest_fpu}. */
    private void unload(GuestCpu cpu) {
        loaded = false;
        if (!switchesXfd) {
            return;
        }
        tiles = cpu.xsaveTiles();
        if (hostXfd != xfd) {
            cpu.at(WRMSR).writeMsr(Msr.XFD, hostXfd);
        }
        cpu.xrstorTiles(hostTiles);
    }
}
