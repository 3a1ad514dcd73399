package io.trapline.producer.emulator;

/** How a vCPU goes between L1 and L2: VMLAUNCH or VMRESUME, L2's program, and L1's code at each exit that L0 reflects. */
final class NestedExecution {
    /** KVM's {@code __vmx_vcpu_run} in L1: the instruction, and where an exit of L2 goes on. */
    private static final long VMRESUME = 0xffffffffc039d2ceL;

    private static final long AFTER_EXIT = 0xffffffffc039d2deL;
    private static final int HLT_LENGTH = 1;

    private final VirtualCpu cpu;
    private final ControlBlocks blocks;
    private final Hypervisor hypervisor;
    private NestedGuest guest;

    NestedExecution(VirtualCpu cpu, ControlBlocks blocks, Hypervisor hypervisor) {
        this.cpu = cpu;
        this.blocks = blocks;
        this.hypervisor = hypervisor;
    }

    /** The program in L2. */
    GuestProgram program() {
        return guest.program();
    }

    /** So many steps of L2, up to its HLT. */
    void run(NestedGuest newGuest, int steps) {
        if (blocks.inL2()) {
            throw new IllegalStateException("L2 runs no guests here");
        }
        guest = newGuest;
        boolean first = !guest.controls().isLaunched();
        resume();
        if (first) {
            guest.program().boot(cpu);
        }
        for (int step = 0; step < steps; step++) {
            guest.program().step(cpu);
        }
        cpu.begin();
        leaveForL1(ExitReason.HLT, 0, 0, 0, 0);
        guest.controls().advance(HLT_LENGTH);
        guest = null;
    }

    /** L2's instruction is L1's business: L1's code, then L2 goes on behind the instruction unless L1 has it fault. */
    long reflect(ExitReason reason, long info1, long index, long value, int length) {
        long read = leaveForL1(reason, info1, 0, index, value);
        if (!guest.controls().injectsException()) {
            guest.controls().advance(length);
        }
        resume();
        return read;
    }

    /** #NM of L2 that L1 intercepts. */
    void reflectDeviceNotAvailable() {
        leaveForL1(ExitReason.DEVICE_NOT_AVAILABLE, 0, hypervisor.nmInfo(), 0, 0);
        resume();
    }

    /** A page that L1 has not given to L2 yet: L1 does, and L2 tries again. */
    void reflectPageFault(long gpa, long qualification) {
        hypervisor.beginPageFault(gpa, qualification, Vmcs.NO_INJECTION);
        intoL1(ExitReason.PAGE, qualification, 0, gpa, 0);
        resume();
    }

    private long leaveForL1(ExitReason reason, long info1, long intrInfo, long index, long value) {
        hypervisor.beginReflected(reason, info1, intrInfo);
        return intoL1(reason, info1, intrInfo, index, value);
    }

    private long intoL1(ExitReason reason, long info1, long intrInfo, long index, long value) {
        hypervisor.nested().reflect(reason, info1, 0, intrInfo, AFTER_EXIT);
        cpu.deliver();
        Isa isa = hypervisor.isa();
        return guest.hypervisor()
                .exited(cpu, guest.controls(), new NestedExit(reason.number(isa), index, value, intrInfo));
    }

    /** An interrupt is pending for L1 while L2 runs; the host's part of the exit is over. */
    void interruptForL1() {
        int vector = hypervisor.nested().reflectInterrupt(AFTER_EXIT);
        cpu.deliver();
        if (vector != 0) {
            cpu.handle(vector, false);
        }
        int number = ExitReason.EXTERNAL_INTERRUPT.number(hypervisor.isa());
        long info = vector == 0 ? 0 : RunLoop.injectionField(vector);
        guest.hypervisor().exited(cpu, guest.controls(), new NestedExit(number, 0, 0, info));
        resume();
    }

    private void resume() {
        guest.hypervisor().entering(cpu, guest.controls());
        blocks.loaded().enableInterrupts(false);
        cpu.at(VMRESUME).compute();
        cpu.at(VMRESUME);
        hypervisor.enterL2(guest.controls());
        cpu.deliver();
    }
}
