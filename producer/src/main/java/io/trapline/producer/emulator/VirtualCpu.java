package io.trapline.producer.emulator;

/**
 * The physical CPU in guest mode: executes the program's instructions of L1 and L2, raises exits where the loaded VMCS says
 * so, and delivers what the entry injected.
 */
final class VirtualCpu implements GuestCpu {
    private static final long DATA_WRITE = 0x582;
    private static final long SVM_DATA_WRITE = 0x100000006L;
    private static final long DELIVERY_READ = 0x581;
    private static final long SVM_DELIVERY_READ = 0x100000004L;
    private static final long DELIVERY_PAGE = 0x5000;
    private static final long PAGE = 0x1000;
    private static final long SECOND_FEATURE = 0x80000;
    private static final int SAME_FAULT_MAX = 4;

    private final int number;
    private final VcpuParts parts;
    private final VcpuThread thread;
    private final ControlBlocks blocks;
    private final Hypervisor hypervisor;
    private final NestedExecution nested;
    private final GuestProgram program;
    private final GuestTime time;
    private final HostTicks ticks;
    private final LocalApic apic;
    private final TraceRecorder recorder;
    private final boolean svm;
    private final int instructionCycles;
    private final long xfdBits;
    private long highestPageUsed;
    private boolean idle;

    VirtualCpu(int number, VcpuParts parts, Hypervisor hypervisor, GuestProgram program, KvmSetup setup) {
        this.number = number;
        this.parts = parts;
        this.hypervisor = hypervisor;
        this.program = program;
        thread = parts.thread();
        blocks = parts.blocks();
        time = parts.time();
        ticks = parts.ticks();
        apic = parts.apic();
        recorder = parts.recorder();
        nested = new NestedExecution(this, blocks, hypervisor);
        svm = setup.isa() == Isa.SVM;
        instructionCycles = setup.costs().guestInstruction();
        xfdBits = setup.bugs().contains(Bug.RESERVED_BIT_OPEN)
                ? PhysicalCpu.XTILE_DATA | SECOND_FEATURE
                : PhysicalCpu.XTILE_DATA;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public GuestCpu at(long rip) {
        blocks.loaded().setRip(rip);
        return this;
    }

    @Override
    public void compute() {
        begin();
        skip(3);
    }

    @Override
    public CpuidLeaf cpuid(int func, int idx) {
        begin();
        if (blocks.inL2()) {
            nested.reflect(ExitReason.CPUID, 0, func, 0, 2);
            return CpuidLeaf.of(func, idx, parts.state().guestXfd());
        }
        CpuidLeaf leaf = hypervisor.cpuid(func, idx, 2);
        deliver();
        return leaf;
    }

    @Override
    public long readMsr(long index) {
        begin();
        if (!blocks.loaded().msrExits(index, false)) {
            long value = readPassedThrough(index);
            recorder.passthroughAccess(false, index, value, false);
            skip(2);
            return value;
        } else if (blocks.inL2() && hypervisor.nested().reflectsMsr(index, false)) {
            return nested.reflect(ExitReason.MSR_READ, 0, index, 0, 2);
        }
        long value = hypervisor.readMsr(index, 2);
        deliver();
        return value;
    }

    private long readPassedThrough(long index) {
        if (index == Msr.XFD) {
            return thread.cpu().xfd();
        }
        return index == Msr.XFD_ERR ? thread.cpu().xfdErr() : hypervisor.msrs().passedThrough(index);
    }

    @Override
    public void writeMsr(long index, long value) {
        begin();
        if (!blocks.loaded().msrExits(index, true)) {
            writePassedThrough(index, value);
        } else if (blocks.inL2() && hypervisor.nested().reflectsMsr(index, true)) {
            nested.reflect(ExitReason.MSR_WRITE, hypervisor.msrWriteInfo(), index, value, 2);
        } else {
            hypervisor.writeMsr(index, value, 2);
            deliver();
        }
    }

    private void writePassedThrough(long index, long value) {
        boolean refused = index == Msr.XFD && (value & ~xfdBits) != 0;
        recorder.passthroughAccess(true, index, value, refused);
        if (refused) {
            recorder.guestFault(Vector.GP, thread.cpu().xfdErr());
            take(Vector.GP);
        } else if (index == Msr.XFD) {
            thread.cpu().writeXfd(value);
        } else {
            hypervisor.msrs().passThrough(index, value);
        }
        skip(2);
    }

    @Override
    public void out(int port, int size, long value) {
        begin();
        if (blocks.inL2()) {
            nested.reflect(ExitReason.IO_INSTRUCTION, hypervisor.ioQualification(port, size, false), port, value, 1);
            return;
        }
        hypervisor.out(port, size, value, 1);
        deliver();
    }

    @Override
    public long in(int port, int size) {
        begin();
        if (blocks.inL2()) {
            long qualification = hypervisor.ioQualification(port, size, true);
            return nested.reflect(ExitReason.IO_INSTRUCTION, qualification, port, 0, 1);
        }
        long value = hypervisor.in(port, size, 1);
        deliver();
        return value;
    }

    @Override
    public void writeMmio(long gpa, int len, long value) {
        begin();
        if (blocks.inL2()) {
            nested.reflect(ExitReason.DEVICE_PAGE, 0, gpa, value, 7);
            return;
        }
        hypervisor.writeMmio(gpa, len, value, 7);
        deliver();
    }

    @Override
    public long readMmio(long gpa, int len) {
        begin();
        if (blocks.inL2()) {
            return nested.reflect(ExitReason.DEVICE_PAGE, 0, gpa, 0, 7);
        }
        long value = hypervisor.readMmio(gpa, len, 7);
        deliver();
        return value;
    }

    @Override
    public void touch(long gpa) {
        begin();
        // Programs use fresh pages in rising order, so one number knows which are mapped.
        if (gpa / PAGE > highestPageUsed) {
            highestPageUsed = gpa / PAGE;
            long qualification = svm ? SVM_DATA_WRITE : DATA_WRITE;
            if (blocks.inL2()) {
                nested.reflectPageFault(gpa, qualification);
            }
            hypervisor.pageFault(gpa, qualification, Vmcs.NO_INJECTION);
            deliver();
        }
        skip(4);
    }

    @Override
    public void xsetbv() {
        begin();
        if (blocks.inL2()) {
            nested.reflect(ExitReason.XSETBV, 0, 0, 0, 3);
            return;
        }
        hypervisor.xsetbv(3);
        deliver();
    }

    @Override
    public void halt() {
        begin();
        if (blocks.inL2()) {
            nested.reflect(ExitReason.HLT, 0, 0, 0, 1);
            return;
        }
        hypervisor.halt(1);
        deliver();
    }

    @Override
    public void idle() {
        if (blocks.inL2()) {
            halt();
            return;
        }
        begin();
        idle = hypervisor.beginHalt();
        if (!idle) {
            wake(-1);
        }
    }

    /** Whether it waits in HLT. */
    boolean isIdle() {
        return idle;
    }

    /** The instruction at which something ends its HLT. */
    long wakesAt() {
        return Math.min(apic.deadline(), apic.kick());
    }

    /** Ends the HLT of {@link #idle} after so many instructions; a negative number where nothing had to be waited for. */
    void wake(long skipped) {
        idle = false;
        hypervisor.endHalt(skipped, 1);
        deliver();
    }

    /** The host's scheduler takes the CPU away while the guest runs. */
    void scheduleOut() {
        if (idle) {
            hypervisor.blocked();
        } else {
            hypervisor.scheduleOut();
        }
    }

    /** And gives one back; a vCPU in HLT waits on. */
    void scheduleIn() {
        if (!idle) {
            hypervisor.enter();
            deliver();
        }
    }

    @Override
    public long cr0() {
        return blocks.loaded().cr0();
    }

    @Override
    public void writeCr0(long value) {
        begin();
        if (!blocks.loaded().changesMoreThanTaskSwitched(value)) {
            blocks.loaded().setCr0(value);
            skip(3);
        } else if (blocks.inL2()) {
            nested.reflect(ExitReason.CR0_WRITE, 0, 0, value, 3);
            blocks.loaded().setCr0(value);
        } else {
            hypervisor.writeCr0(value, 3);
            deliver();
        }
    }

    @Override
    public void useFpu() {
        begin();
        waitForFpu(false);
        skip(4);
    }

    @Override
    public long hypercall(long callNumber, long argument) {
        begin();
        if (blocks.inL2()) {
            return nested.reflect(ExitReason.HYPERCALL, 0, callNumber, argument, 3);
        }
        long result = hypervisor.hypercall(callNumber, argument, 3);
        deliver();
        return result;
    }

    @Override
    public void runNested(NestedGuest guest, int steps) {
        nested.run(guest, steps);
    }

    @Override
    public void loadTiles(long content) {
        begin();
        waitForFpu(true);
        thread.cpu().loadTiles(content);
        skip(9);
    }

    @Override
    public long storeTiles() {
        begin();
        waitForFpu(true);
        skip(9);
        return thread.cpu().tiles();
    }

    @Override
    public long xsaveTiles() {
        return thread.cpu().xsaveTiles();
    }

    @Override
    public void xrstorTiles(long saved) {
        if (saved != 0 && thread.cpu().isArmed()) {
            waitForFpu(true); // XRSTOR of an armed component faults as its instructions do
        }
        thread.cpu().xrstorTiles(saved);
    }

    @Override
    public void enableInterrupts() {
        Vmcs vmcs = blocks.loaded();
        vmcs.enableInterrupts(true);
        if (vmcs.interruptWindowWanted()) {
            hypervisor.interruptWindow();
            deliver();
        }
    }

    @Override
    public long tsc() {
        return time.tsc();
    }

    private void skip(int length) {
        Vmcs vmcs = blocks.loaded();
        vmcs.setRip(vmcs.rip() + length);
    }

    /** Before each instruction: an interrupt for the host comes first. */
    void begin() {
        time.execute();
        thread.clock().spend(instructionCycles);
        long now = time.instructions();
        boolean due = now >= ticks.next() || now >= apic.deadline() || now >= apic.kick();
        if (due || blocks.inL2() && apic.injectable() != LocalApic.NONE) {
            hostInterrupt();
        }
    }

    private void hostInterrupt() {
        hypervisor.beginExternalInterrupt();
        if (blocks.inL2() && apic.injectable() != LocalApic.NONE) {
            nested.interruptForL1();
        } else {
            hypervisor.enter();
            deliver();
        }
    }

    /** Faults until the guest's handler has cleared CR0.TS, which comes first, and disarmed XFD. */
    private void waitForFpu(boolean tiles) {
        for (int faults = 0;
                blocks.loaded().taskSwitched() || tiles && thread.cpu().faultsOnTiles();
                faults++) {
            if (faults == SAME_FAULT_MAX) {
                throw new IllegalStateException("the guest's #NM handler clears neither CR0.TS nor XFD");
            }
            if (!blocks.loaded().exceptionExits(Vector.NM)) {
                recorder.guestFault(Vector.NM, thread.cpu().xfdErr());
                take(Vector.NM);
            } else if (blocks.inL2() && hypervisor.nested().reflectsDeviceNotAvailable()) {
                nested.reflectDeviceNotAvailable();
            } else {
                hypervisor.deviceNotAvailable();
                deliver();
            }
        }
    }

    /** Takes what the entry injected, if anything. */
    void deliver() {
        int vector = blocks.loaded().takeInjection();
        if (vector == Vmcs.NO_INJECTION) {
            return;
        }
        if (vector < RunLoop.EXCEPTIONS_END) {
            take(vector);
        } else {
            handle(vector, false);
        }
    }

    /** An exception, raised or injected: a page that its delivery needs can be missing either way. */
    private void take(int vector) {
        if (ticks.deliveryPageMissing()) {
            hypervisor.pageFault(DELIVERY_PAGE + 8L * vector, svm ? SVM_DELIVERY_READ : DELIVERY_READ, vector);
            blocks.loaded().takeInjection(); // the same vector again
        }
        handle(vector, true);
    }

    /** Calls the program's handler as the CPU does: interrupts off, and IRET restores RIP and RFLAGS.IF. */
    void handle(int vector, boolean exception) {
        Vmcs vmcs = blocks.loaded();
        long rip = vmcs.rip();
        boolean enabled = vmcs.interruptsEnabled();
        vmcs.enableInterrupts(false);
        GuestProgram running = blocks.inL2() ? nested.program() : program;
        if (exception) {
            running.exception(this, vector);
        } else {
            running.interrupt(this, vector);
        }
        vmcs.setRip(rip);
        if (enabled) {
            enableInterrupts();
        }
    }
}
