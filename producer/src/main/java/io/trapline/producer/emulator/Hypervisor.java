package io.trapline.producer.emulator;

/**
 * KVM's handlers: each method is one kind of exit that L0 answers itself, from the record of the exit to the record of the
 * next entry. RIP and RFLAGS.IF are in the VMCS; what is delivered at the entry the CPU takes from there.
 */
final class Hypervisor {
    private static final long NM_INTR_INFO = 0x80000307L;
    private static final long HOST_TIMER_INTR_INFO = 0x80000000L | Vector.TIMER;
    private static final long HOST_KICK_INTR_INFO = 0x80000000L | Vector.RESCHEDULE;
    private static final int POLL_INSTRUCTIONS_MAX = 40;
    private static final int IMBALANCE_EVERY = 8;

    private final Isa isa;
    private final VcpuThread thread;
    private final ControlBlocks blocks;
    private final VcpuState vcpu;
    private final RunLoop loop;
    private final HostFpu fpu;
    private final MsrEmulation msrs;
    private final Interception interception;
    private final NestedDecisions nested;
    private final LocalApic apic;
    private final Ipis ipis;
    private final HostTicks ticks;
    private final GuestTime time;
    private final Vmm vmm;
    private final TraceRecorder recorder;
    private final CostModel costs;
    private final KernelProfile profile;
    private final boolean unbalancesFpu;
    private long userspaceExits;
    private long haltedAtNanos;

    Hypervisor(VcpuParts parts, KvmSetup setup, Ipis ipis) {
        isa = setup.isa();
        thread = parts.thread();
        blocks = parts.blocks();
        vcpu = parts.state();
        recorder = parts.recorder();
        apic = parts.apic();
        ticks = parts.ticks();
        time = parts.time();
        vmm = parts.vmm();
        this.ipis = ipis;
        costs = setup.costs();
        profile = setup.profile();
        unbalancesFpu = setup.bugs().contains(Bug.IMBALANCED_FPU);
        MsrFilter filter = parts.vm().filter();
        fpu = new HostFpu(thread, vcpu, recorder, setup);
        interception = new Interception(thread, vcpu, blocks, filter, recorder, setup);
        XfdDecisions xfd = new XfdDecisions(thread, vcpu, blocks, fpu, interception, recorder, setup);
        loop = new RunLoop(thread, blocks, xfd, fpu, apic, recorder, setup, parts.purpose());
        msrs = new MsrEmulation(vcpu, xfd, interception, apic, filter, recorder, setup);
        nested = new NestedDecisions(blocks, interception, loop, apic, recorder, setup);
    }

    Isa isa() {
        return isa;
    }

    NestedDecisions nested() {
        return nested;
    }

    MsrEmulation msrs() {
        return msrs;
    }

    /** Creates the vCPU, gives it what a migration brought, and enters the guest for the first time. */
    void start(long rip, VmSetup vm) {
        interception.vcpuCreated();
        if (vm.restoredXfd() != 0) {
            msrs.setByUserSpace(Msr.XFD, vm.restoredXfd());
        }
        if (vm.restoredXfdErr() != 0) {
            msrs.setByUserSpace(Msr.XFD_ERR, vm.restoredXfdErr());
        }
        blocks.loaded().setRip(rip);
        fpu.load();
        loop.enter();
    }

    CpuidLeaf cpuid(int func, int idx, int length) {
        loop.exit(ExitReason.CPUID, 0);
        CpuidLeaf leaf = CpuidLeaf.of(func, idx, vcpu.guestXfd());
        recorder.cpuid(leaf);
        loop.enterAfter(length);
        return leaf;
    }

    long readMsr(long index, int length) {
        loop.exit(ExitReason.MSR_READ, 0);
        thread.clock().spend(costs.msrEmulation());
        MsrEmulation.Outcome outcome = msrs.read(index);
        if (outcome == MsrEmulation.Outcome.TO_USER_SPACE) {
            toUserSpace(Vmm.EXIT_RDMSR);
        }
        finishMsr(outcome, length);
        return msrs.value();
    }

    void writeMsr(long index, long value, int length) {
        if (index == Msr.X2APIC_ICR && !blocks.inL2()) {
            writeIcr(value, length);
            return;
        }
        loop.exit(ExitReason.MSR_WRITE, msrWriteInfo());
        thread.clock().spend(costs.msrEmulation());
        MsrEmulation.Outcome outcome = msrs.write(index, value);
        if (outcome == MsrEmulation.Outcome.TO_USER_SPACE) {
            leaveToUserSpace(Vmm.EXIT_WRMSR);
            msrs.setByUserSpace(index, value);
            returnFromUserSpace();
        }
        finishMsr(outcome, length);
    }

    private void finishMsr(MsrEmulation.Outcome outcome, int length) {
        if (outcome == MsrEmulation.Outcome.GP) {
            raise(Vector.GP);
        } else {
            loop.enterAfter(length);
        }
    }

    /** SVM has one exit for both directions. */
    long msrWriteInfo() {
        return isa == Isa.SVM ? 1 : 0;
    }

    /**
     * R17: the ICR write is handled on the fast path, IRQs off and before the sync. Up to 6.11 it then leaves the run loop like
     * a slow exit; later only if something is pending.
     */
    private void writeIcr(long value, int length) {
        loop.beginExit(ExitReason.MSR_WRITE, msrWriteInfo(), 0, 0);
        thread.clock().spend(costs.msrEmulation());
        int destination = (int) (value >>> 32);
        if (ipis.isOther(destination)) {
            recorder.ipi(destination, (int) value & 0xff);
            ipis.send(destination, time.instructions(), thread.clock().nanos());
        } else {
            apic.sendToSelf();
        }
        recorder.apicWrite(LocalApic.REGISTER_ICR, value);
        recorder.guestMsr(true, Msr.X2APIC_ICR, value, false);
        if (profile.reentersOnFastPath() && !loop.hasInterrupt()) {
            blocks.loaded().setRip(blocks.loaded().rip() + length);
            loop.reenter();
            return;
        }
        loop.leaveFastPath(ExitReason.MSR_WRITE, msrWriteInfo());
        loop.enterAfter(length);
    }

    /** Exit on OUT; without an entry where user space does not call KVM_RUN again. */
    void out(int port, int size, long value, int length) {
        loop.exit(ExitReason.IO_INSTRUCTION, ioQualification(port, size, false));
        thread.clock().spend(costs.mmioDecode());
        recorder.portIo(true, port, size, value);
        vmm.portWritten(port);
        if (toUserSpace(Vmm.EXIT_IO)) {
            loop.enterAfter(length);
        }
    }

    long in(int port, int size, int length) {
        loop.exit(ExitReason.IO_INSTRUCTION, ioQualification(port, size, true));
        thread.clock().spend(costs.mmioDecode());
        toUserSpace(Vmm.EXIT_IO);
        long value = vmm.deviceRead(size);
        recorder.portIo(false, port, size, value);
        loop.enterAfter(length);
        return value;
    }

    /** VMX: exit qualification; SVM: EXITINFO1, with the size as a bit of its own. */
    long ioQualification(int port, int size, boolean in) {
        long high = (long) port << 16;
        return isa == Isa.VMX ? high | (in ? 8 : 0) | size - 1 : high | (long) size << 4 | (in ? 1 : 0);
    }

    void writeMmio(long gpa, int len, long value, int length) {
        loop.exit(ExitReason.DEVICE_PAGE, 0);
        thread.clock().spend(costs.mmioDecode());
        recorder.mmio(MmioStep.WRITE, len, gpa, value);
        toUserSpace(Vmm.EXIT_MMIO);
        loop.enterAfter(length);
    }

    long readMmio(long gpa, int len, int length) {
        loop.exit(ExitReason.DEVICE_PAGE, 0);
        thread.clock().spend(costs.mmioDecode());
        recorder.mmio(MmioStep.UNSATISFIED_READ, len, gpa, 0);
        toUserSpace(Vmm.EXIT_MMIO);
        long value = vmm.deviceRead(len);
        recorder.mmio(MmioStep.READ, len, gpa, value);
        loop.enterAfter(length);
        return value;
    }

    /** First use of a page; {@code delivering} is the vector that was being delivered, or {@link Vmcs#NO_INJECTION}. */
    void pageFault(long gpa, long qualification, int delivering) {
        beginPageFault(gpa, qualification, delivering);
        if (delivering != Vmcs.NO_INJECTION) {
            loop.queue(delivering, true);
        }
        loop.enter();
    }

    /** The same up to the decision whose page it is. */
    void beginPageFault(long gpa, long qualification, int delivering) {
        long vectoring = RunLoop.injectionField(delivering);
        if (isa == Isa.VMX) {
            loop.exit(ExitReason.PAGE, qualification, vectoring, 0);
        } else {
            loop.exit(ExitReason.PAGE, qualification, gpa, vectoring);
        }
        recorder.pageFault(blocks.loaded().rip(), gpa, qualification);
        thread.clock().spend(costs.pageFault());
    }

    /** An exit of L2 up to the decision that it is L1's. */
    void beginReflected(ExitReason reason, long info1, long intrInfo) {
        loop.exit(reason, info1, 0, intrInfo);
        thread.clock().spend(costs.nestedSwitch());
    }

    /** From L1 into L2. */
    void enterL2(NestedControls controls) {
        nested.enterL2(controls);
        thread.clock().spend(costs.nestedSwitch());
        loop.enter();
    }

    void xsetbv(int length) {
        loop.exit(ExitReason.XSETBV, 0);
        vcpu.enableTilesInXcr0();
        interception.xcr0Written();
        loop.enterAfter(length);
    }

    /** MOV to CR0 that changes more than the guest owns. */
    void writeCr0(long value, int length) {
        loop.exit(ExitReason.CR0_WRITE, 0);
        recorder.crWrite(0, value);
        blocks.loaded().setCr0(value);
        loop.enterAfter(length);
    }

    /** A number that KVM does not know is answered by KVM_ENOSYS; here all are unknown. */
    long hypercall(long number, long argument, int length) {
        loop.exit(ExitReason.HYPERCALL, 0);
        recorder.hypercall(number, argument);
        loop.enterAfter(length);
        return 0;
    }

    /** R12, R13: #NM that the exception bitmap traps goes back to the guest, with XFD_ERR kept for it. */
    void deviceNotAvailable() {
        loop.exit(ExitReason.DEVICE_NOT_AVAILABLE, 0, 0, nmInfo());
        raise(Vector.NM);
    }

    /** Only VMX says in a field of its own which exception it is. */
    long nmInfo() {
        return isa == Isa.VMX ? NM_INTR_INFO : 0;
    }

    /** An interrupt for the host: its own tick, the timer that stands for the guest's deadline, or a kick. */
    void externalInterrupt() {
        beginExternalInterrupt();
        loop.enter();
    }

    /** The same up to the entry. */
    void beginExternalInterrupt() {
        boolean kicked = time.instructions() >= apic.kick();
        long info = kicked ? HOST_KICK_INTR_INFO : HOST_TIMER_INTR_INFO;
        loop.exit(ExitReason.EXTERNAL_INTERRUPT, 0, 0, isa == Isa.VMX ? info : 0);
        if (kicked) {
            apic.kicked();
        }
        if (time.instructions() >= apic.deadline()) {
            apic.fireTimer();
        }
        if (time.instructions() >= ticks.next() && ticks.handled(time.instructions())) {
            fpu.preempt();
            thread.clock().spend(costs.hostTask());
        }
    }

    void enter() {
        loop.enter();
    }

    void interruptWindow() {
        loop.exit(ExitReason.INTERRUPT_WINDOW, 0);
        blocks.loaded().wantInterruptWindow(false);
        loop.enter();
    }

    /** Halts until an interrupt is pending: a short wait is polled, in a long one other tasks may run. */
    void halt(int length) {
        beginHalt();
        if (!loop.hasInterrupt()) {
            if (apic.deadline() == LocalApic.NEVER) {
                throw new IllegalStateException("the guest halted for ever");
            }
            long skipped = time.skipTo(apic.deadline());
            long before = thread.clock().nanos();
            thread.clock().pass(skipped * GuestTime.TSC_PER_INSTRUCTION);
            wakeUp(skipped, before);
        }
        loop.enterAfter(length);
    }

    /** The exit of HLT. Returns whether there is something to wait for. */
    boolean beginHalt() {
        loop.exit(ExitReason.HLT, 0);
        haltedAtNanos = thread.clock().nanos();
        return !loop.hasInterrupt();
    }

    /** The other end of {@link #beginHalt} where the machine has let others run meanwhile. */
    void endHalt(long skipped, int length) {
        if (skipped >= 0) {
            thread.clock().waitUntil(haltedAtNanos + costs.nanos(skipped * GuestTime.TSC_PER_INSTRUCTION));
            wakeUp(skipped, haltedAtNanos);
        }
        loop.enterAfter(length);
    }

    /** A signal for the thread ends KVM_RUN. */
    void interruptedHalt() {
        fpu.unload();
        recorder.userspaceExit(Vmm.EXIT_INTR);
    }

    private void wakeUp(long skipped, long sinceNanos) {
        boolean waited = skipped > POLL_INSTRUCTIONS_MAX;
        if (waited && ticks.othersRunMeanwhile()) {
            fpu.preempt();
        }
        if (time.instructions() >= apic.deadline()) {
            apic.fireTimer();
        }
        if (time.instructions() >= apic.kick()) {
            apic.kicked();
        }
        recorder.haltWakeup(thread.clock().nanos() - sinceNanos, waited);
    }

    /** The scheduler takes the CPU for another vCPU: the exit, and the registers are saved. */
    void scheduleOut() {
        loop.exit(ExitReason.EXTERNAL_INTERRUPT, 0, 0, isa == Isa.VMX ? HOST_TIMER_INTR_INFO : 0);
        fpu.leaveCpu();
    }

    /** A halted vCPU's thread leaves the CPU to another one. */
    void blocked() {
        fpu.leaveCpu();
    }

    /** Returns whether the vCPU runs again. */
    private boolean toUserSpace(int reason) {
        leaveToUserSpace(reason);
        if (vmm.isOff()) {
            return false;
        }
        returnFromUserSpace();
        return true;
    }

    private void leaveToUserSpace(int reason) {
        fpu.unload();
        recorder.userspaceExit(reason);
    }

    private void returnFromUserSpace() {
        thread.clock().spend(costs.userspaceHop());
        fpu.load();
        if (unbalancesFpu && ++userspaceExits % IMBALANCE_EVERY == 0) {
            fpu.unload();
        }
    }

    /** Queues an exception for the next entry, which follows at once. */
    private void raise(int vector) {
        loop.queue(vector, false);
        loop.enter();
    }
}
