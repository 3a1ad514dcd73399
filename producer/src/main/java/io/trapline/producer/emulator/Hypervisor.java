package io.trapline.producer.emulator;

/**
 * KVM's run loop on VMX as of 6.1, one vCPU, no nesting: each method is one kind of exit, from the record of the exit to the
 * record of the next entry. RIP and RFLAGS.IF are in the VMCS; what is delivered at the entry the CPU takes from there.
 */
final class Hypervisor {
    private static final long NM_INTR_INFO = 0x80000307L;
    private static final long HOST_TIMER_INTR_INFO = 0x80000000L | Vector.TIMER;
    private static final int UNRECORDED_ENTRY_EVERY = 64;
    private static final int POLL_INSTRUCTIONS_MAX = 40;
    private static final int NO_EXCEPTION = -1;

    private final Vmcs vmcs;
    private final VcpuState vcpu;
    private final XfdDecisions xfd;
    private final HostFpu fpu;
    private final LocalApic apic;
    private final HostTicks ticks;
    private final GuestTime time;
    private final Vmm vmm;
    private final TraceRecorder recorder;
    private final CostClock clock;
    private final CostModel costs;
    private final boolean losesEntryRecords;

    private int pendingException = NO_EXCEPTION;
    private boolean reinjected;
    private long entries;

    Hypervisor(
            EmulatorOptions options,
            Vmcs vmcs,
            PhysicalCpu cpu,
            GuestTime time,
            HostTicks ticks,
            LocalApic apic,
            TraceRecorder recorder,
            CostClock clock) {
        this.vmcs = vmcs;
        this.time = time;
        this.ticks = ticks;
        this.apic = apic;
        this.recorder = recorder;
        this.clock = clock;
        costs = options.costs();
        losesEntryRecords = options.bugs().contains(Bug.UNRECORDED_ENTRY);
        vmm = new Vmm(options.seed());
        vcpu = new VcpuState();
        fpu = new HostFpu(cpu, vcpu, recorder, clock, costs);
        xfd = new XfdDecisions(cpu, vcpu, vmcs, fpu, recorder, clock, options);
    }

    /** Creates the vCPU and enters the guest for the first time. */
    void start(long rip) {
        xfd.vcpuCreated();
        vmcs.setRip(rip);
        fpu.load();
        enter();
    }

    CpuidLeaf cpuid(int func, int idx, int length) {
        slowExit(ExitReason.CPUID, 0);
        CpuidLeaf leaf = CpuidLeaf.of(func, idx);
        recorder.cpuid(leaf);
        enterAfter(length);
        return leaf;
    }

    long readMsr(long index, int length) {
        slowExit(ExitReason.MSR_READ, 0);
        clock.spend(costs.msrEmulation());
        long value = emulateRead(index);
        recorder.guestMsr(false, index, value, false);
        enterAfter(length);
        return value;
    }

    void writeMsr(long index, long value, int length) {
        if (index == Msr.X2APIC_ICR) {
            writeIcr(value, length);
            return;
        }
        slowExit(ExitReason.MSR_WRITE, 0);
        clock.spend(costs.msrEmulation());
        boolean accepted = emulateWrite(index, value);
        recorder.guestMsr(true, index, value, !accepted);
        if (!accepted) {
            raise(Vector.GP);
            return;
        }
        if (index == Msr.XFD) {
            xfd.xfdWritten(value);
        }
        enterAfter(length);
    }

    /**
     * R17: the ICR write is handled on the fast path, IRQs off and before the sync, but up to 6.11 it then leaves the run
     * loop like a slow exit.
     */
    private void writeIcr(long value, int length) {
        exit(ExitReason.MSR_WRITE, 0, 0, 0);
        clock.spend(costs.msrEmulation());
        apic.sendToSelf();
        recorder.apicWrite(LocalApic.REGISTER_ICR, value);
        recorder.guestMsr(true, Msr.X2APIC_ICR, value, false);
        xfd.afterSlowExit(false);
        recorder.irqsOn();
        enterAfter(length);
    }

    private long emulateRead(long index) {
        if (index == Msr.EFER) {
            return 0xd01;
        } else if (index == Msr.APIC_BASE) {
            return 0xfee00d00L;
        } else if (index == Msr.XFD) {
            return vcpu.xfd(); // R8
        } else if (index == Msr.XFD_ERR) {
            return vcpu.xfdErr();
        }
        return 0;
    }

    private boolean emulateWrite(long index, long value) {
        if (index == Msr.XFD) {
            return xfd.writeXfd(value);
        } else if (index == Msr.XFD_ERR) {
            return xfd.writeXfdErr(value);
        } else if (index == Msr.TSC_DEADLINE) {
            apic.arm(GuestTime.instructionAt(value));
        } else if (index == Msr.X2APIC_EOI) {
            apic.endOfInterrupt();
            recorder.apicWrite(LocalApic.REGISTER_EOI, value);
        }
        return true;
    }

    /** Exit on OUT; without an entry where user space does not call KVM_RUN again. */
    void out(int port, int size, long value, int length) {
        slowExit(ExitReason.IO_INSTRUCTION, ioQualification(port, size, false));
        clock.spend(costs.mmioDecode());
        recorder.portIo(true, port, size, value);
        vmm.portWritten(port);
        if (toUserSpace(Vmm.EXIT_IO)) {
            enterAfter(length);
        }
    }

    long in(int port, int size, int length) {
        slowExit(ExitReason.IO_INSTRUCTION, ioQualification(port, size, true));
        clock.spend(costs.mmioDecode());
        toUserSpace(Vmm.EXIT_IO);
        long value = vmm.deviceRead(size);
        recorder.portIo(false, port, size, value);
        enterAfter(length);
        return value;
    }

    private static long ioQualification(int port, int size, boolean in) {
        return (long) port << 16 | (in ? 8 : 0) | size - 1;
    }

    void writeMmio(long gpa, int len, long value, int length) {
        slowExit(ExitReason.EPT_MISCONFIG, 0);
        clock.spend(costs.mmioDecode());
        recorder.mmio(MmioStep.WRITE, len, gpa, value);
        toUserSpace(Vmm.EXIT_MMIO);
        enterAfter(length);
    }

    long readMmio(long gpa, int len, int length) {
        slowExit(ExitReason.EPT_MISCONFIG, 0);
        clock.spend(costs.mmioDecode());
        recorder.mmio(MmioStep.UNSATISFIED_READ, len, gpa, 0);
        toUserSpace(Vmm.EXIT_MMIO);
        long value = vmm.deviceRead(len);
        recorder.mmio(MmioStep.READ, len, gpa, value);
        enterAfter(length);
        return value;
    }

    /** First use of a page; {@code delivering} is the vector that was being delivered, or {@link Vmcs#NO_INJECTION}. */
    void eptViolation(long gpa, long qualification, int delivering) {
        long idtVectoring = delivering == Vmcs.NO_INJECTION ? 0 : 0x80000300L | delivering;
        exit(ExitReason.EPT_VIOLATION, qualification, idtVectoring, 0);
        xfd.afterSlowExit(false);
        recorder.irqsOn();
        clock.spend(costs.handler());
        recorder.pageFault(vmcs.rip(), gpa, qualification);
        clock.spend(costs.pageFault());
        if (delivering != Vmcs.NO_INJECTION) {
            pendingException = delivering;
            reinjected = true;
        }
        enter();
    }

    void xsetbv(int length) {
        slowExit(ExitReason.XSETBV, 0);
        enterAfter(length);
    }

    /** R12, R13: #NM that the exception bitmap traps goes back to the guest, with XFD_ERR kept for it. */
    void deviceNotAvailable() {
        exit(ExitReason.EXCEPTION_NMI, 0, 0, NM_INTR_INFO);
        xfd.afterSlowExit(true);
        recorder.irqsOn();
        clock.spend(costs.handler());
        raise(Vector.NM);
    }

    /** An interrupt for the host: its own tick, or the timer that stands for the guest's deadline. */
    void externalInterrupt() {
        exit(ExitReason.EXTERNAL_INTERRUPT, 0, 0, HOST_TIMER_INTR_INFO);
        xfd.afterSlowExit(false);
        clock.spend(costs.hostInterrupt());
        recorder.irqsOn();
        if (time.instructions() >= apic.deadline()) {
            apic.fireTimer();
        }
        if (time.instructions() >= ticks.next() && ticks.handled(time.instructions())) {
            fpu.preempt();
            clock.spend(costs.hostTask());
        }
        enter();
    }

    void interruptWindow() {
        slowExit(ExitReason.INTERRUPT_WINDOW, 0);
        vmcs.wantInterruptWindow(false);
        enter();
    }

    /** Halts until an interrupt is pending: a short wait is polled, in a long one other tasks may run. */
    void halt(int length) {
        slowExit(ExitReason.HLT, 0);
        if (apic.injectable() == LocalApic.NONE) {
            if (apic.deadline() == LocalApic.NEVER) {
                throw new IllegalStateException("the guest halted for ever");
            }
            long skipped = time.skipTo(apic.deadline());
            long before = clock.nanos();
            clock.pass(skipped * GuestTime.TSC_PER_INSTRUCTION);
            boolean waited = skipped > POLL_INSTRUCTIONS_MAX;
            if (waited && ticks.othersRunMeanwhile()) {
                fpu.preempt();
            }
            apic.fireTimer();
            recorder.haltWakeup(clock.nanos() - before, waited);
        }
        enterAfter(length);
    }

    private void exit(int reason, long info1, long info2, long intrInfo) {
        clock.spend(costs.exit());
        recorder.irqsOff();
        recorder.exit(reason, vmcs.rip(), info1, info2, intrInfo);
    }

    private void slowExit(int reason, long info1) {
        exit(reason, info1, 0, 0);
        xfd.afterSlowExit(false);
        recorder.irqsOn();
        clock.spend(costs.handler());
    }

    /** Returns whether the vCPU runs again. */
    private boolean toUserSpace(int reason) {
        fpu.unload();
        recorder.userspaceExit(reason);
        if (vmm.isOff()) {
            return false;
        }
        clock.spend(costs.userspaceHop());
        fpu.load();
        return true;
    }

    /** Queues an exception for the next entry, which follows at once. */
    private void raise(int vector) {
        pendingException = vector;
        reinjected = false;
        enter();
    }

    private void enterAfter(int instructionLength) {
        vmcs.setRip(vmcs.rip() + instructionLength);
        enter();
    }

    private void enter() {
        injectPending();
        recorder.irqsOff();
        fpu.returnToGuest();
        xfd.beforeEntry();
        clock.spend(costs.exit());
        entries++;
        if (!losesEntryRecords || entries % UNRECORDED_ENTRY_EVERY != 0) {
            recorder.entry(vmcs.rip());
        }
    }

    /** {@code inject_pending_event}: an exception goes first; an interrupt that cannot go with this entry asks for a window. */
    private void injectPending() {
        boolean exception = pendingException != NO_EXCEPTION;
        if (exception) {
            recorder.exceptionInjected(pendingException, reinjected);
            vmcs.inject(pendingException);
            pendingException = NO_EXCEPTION;
        }
        int vector = apic.injectable();
        if (vector == LocalApic.NONE) {
            return;
        }
        if (exception || !vmcs.interruptsEnabled()) {
            vmcs.wantInterruptWindow(true);
        } else {
            apic.accept(vector);
            recorder.interruptInjected(vector);
            vmcs.inject(vector);
            vmcs.wantInterruptWindow(false);
        }
    }
}
