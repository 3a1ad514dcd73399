package io.trapline.producer.emulator;

/**
 * The CPU in guest mode: executes an instruction on the registers that are there, or exits where the VMCS says so, and
 * delivers what the entry injected.
 */
final class VirtualCpu implements GuestCpu {
    private static final long DATA_WRITE = 0x582;
    private static final long DELIVERY_READ = 0x581;
    private static final long DELIVERY_PAGE = 0x5000;
    private static final long PAGE = 0x1000;
    private static final int SAME_FAULT_MAX = 4;

    private final PhysicalCpu cpu;
    private final Vmcs vmcs;
    private final Hypervisor hypervisor;
    private final GuestProgram program;
    private final GuestTime time;
    private final HostTicks ticks;
    private final LocalApic apic;
    private final TraceRecorder recorder;
    private final CostClock clock;
    private final int instructionCycles;
    private long highestPageUsed;

    VirtualCpu(
            EmulatorOptions options,
            PhysicalCpu cpu,
            Vmcs vmcs,
            Hypervisor hypervisor,
            GuestProgram program,
            GuestTime time,
            HostTicks ticks,
            LocalApic apic,
            TraceRecorder recorder,
            CostClock clock) {
        this.cpu = cpu;
        this.vmcs = vmcs;
        this.hypervisor = hypervisor;
        this.program = program;
        this.time = time;
        this.ticks = ticks;
        this.apic = apic;
        this.recorder = recorder;
        this.clock = clock;
        instructionCycles = options.costs().guestInstruction();
    }

    @Override
    public GuestCpu at(long rip) {
        vmcs.setRip(rip);
        return this;
    }

    @Override
    public void compute() {
        begin();
        vmcs.setRip(vmcs.rip() + 3);
    }

    @Override
    public CpuidLeaf cpuid(int func, int idx) {
        begin();
        CpuidLeaf leaf = hypervisor.cpuid(func, idx, 2);
        deliver();
        return leaf;
    }

    @Override
    public long readMsr(long index) {
        begin();
        long value;
        if (vmcs.readExits(index)) {
            value = hypervisor.readMsr(index, 2);
            deliver();
        } else {
            value = index == Msr.XFD ? cpu.xfd() : cpu.xfdErr();
            recorder.passthroughAccess(false, index, value, false);
            vmcs.setRip(vmcs.rip() + 2);
        }
        return value;
    }

    @Override
    public void writeMsr(long index, long value) {
        begin();
        if (vmcs.writeExits(index)) {
            hypervisor.writeMsr(index, value, 2);
            deliver();
            return;
        }
        // Only XFD is ever passed through for writing here.
        boolean refused = (value & ~PhysicalCpu.XTILE_DATA) != 0;
        recorder.passthroughAccess(true, index, value, refused);
        if (refused) {
            recorder.guestFault(Vector.GP, cpu.xfdErr());
            handle(Vector.GP, true);
        } else {
            cpu.writeXfd(value);
        }
        vmcs.setRip(vmcs.rip() + 2);
    }

    @Override
    public void out(int port, int size, long value) {
        begin();
        hypervisor.out(port, size, value, 1);
        deliver();
    }

    @Override
    public long in(int port, int size) {
        begin();
        long value = hypervisor.in(port, size, 1);
        deliver();
        return value;
    }

    @Override
    public void writeMmio(long gpa, int len, long value) {
        begin();
        hypervisor.writeMmio(gpa, len, value, 7);
        deliver();
    }

    @Override
    public long readMmio(long gpa, int len) {
        begin();
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
            hypervisor.eptViolation(gpa, DATA_WRITE, Vmcs.NO_INJECTION);
            deliver();
        }
        vmcs.setRip(vmcs.rip() + 4);
    }

    @Override
    public void xsetbv() {
        begin();
        hypervisor.xsetbv(3);
        deliver();
    }

    @Override
    public void halt() {
        begin();
        hypervisor.halt(1);
        deliver();
    }

    @Override
    public void loadTiles(long content) {
        begin();
        waitForTiles();
        cpu.loadTiles(content);
        vmcs.setRip(vmcs.rip() + 9);
    }

    @Override
    public long storeTiles() {
        begin();
        waitForTiles();
        vmcs.setRip(vmcs.rip() + 9);
        return cpu.tiles();
    }

    @Override
    public long xsaveTiles() {
        return cpu.xsaveTiles();
    }

    @Override
    public void xrstorTiles(long saved) {
        cpu.xrstorTiles(saved);
    }

    @Override
    public void enableInterrupts() {
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

    @Override
    public int number() {
        return 0;
    }

    @Override
    public void idle() {
        halt();
    }

    @Override
    public long cr0() {
        throw new UnsupportedOperationException("CR0 is not modelled yet");
    }

    @Override
    public void writeCr0(long value) {
        throw new UnsupportedOperationException("CR0 is not modelled yet");
    }

    @Override
    public void useFpu() {
        throw new UnsupportedOperationException("CR0 is not modelled yet");
    }

    @Override
    public long hypercall(long number, long argument) {
        throw new UnsupportedOperationException("hypercalls are not modelled yet");
    }

    @Override
    public void runNested(NestedGuest guest, int steps) {
        throw new UnsupportedOperationException("nesting is not modelled yet");
    }

    /** Before each instruction: an interrupt for the host comes first. */
    private void begin() {
        time.execute();
        clock.spend(instructionCycles);
        if (time.instructions() >= ticks.next() || time.instructions() >= apic.deadline()) {
            hypervisor.externalInterrupt();
            deliver();
        }
    }

    /** Faults until the guest's handler has disarmed XFD. */
    private void waitForTiles() {
        for (int faults = 0; cpu.faultsOnTiles(); faults++) {
            if (faults == SAME_FAULT_MAX) {
                throw new IllegalStateException("the guest's #NM handler does not clear XFD");
            }
            if (vmcs.exceptionExits(Vector.NM)) {
                hypervisor.deviceNotAvailable();
                deliver();
            } else {
                recorder.guestFault(Vector.NM, cpu.xfdErr());
                handle(Vector.NM, true);
            }
        }
    }

    /** Takes what the entry injected, if anything. */
    private void deliver() {
        int vector = vmcs.takeInjection();
        if (vector == Vmcs.NO_INJECTION) {
            return;
        }
        boolean exception = vector < 32;
        if (exception && ticks.deliveryPageMissing()) {
            hypervisor.eptViolation(DELIVERY_PAGE + 8L * vector, DELIVERY_READ, vector);
            vmcs.takeInjection(); // the same vector again
        }
        handle(vector, exception);
    }

    /** Calls the program's handler as the CPU does: interrupts off, and IRET restores RIP and RFLAGS.IF. */
    private void handle(int vector, boolean exception) {
        long rip = vmcs.rip();
        boolean enabled = vmcs.interruptsEnabled();
        vmcs.enableInterrupts(false);
        if (exception) {
            program.exception(this, vector);
        } else {
            program.interrupt(this, vector);
        }
        vmcs.setRip(rip);
        if (enabled) {
            enableInterrupts();
        }
    }
}
