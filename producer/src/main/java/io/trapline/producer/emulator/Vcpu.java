package io.trapline.producer.emulator;

/** A vCPU of a VM: the guest's program, the CPU that it sees, and KVM's side of it. */
final class Vcpu {
    private static final long RESET_RIP = 0x1000000;

    private final int index;
    private final VcpuParts parts;
    private final Hypervisor hypervisor;
    private final GuestProgram program;
    private final VirtualCpu cpu;
    private final StreamColumns stream;

    /** {@code index} of all vCPUs of the host, {@code number} within its VM. */
    Vcpu(
            int index,
            int number,
            VcpuParts parts,
            StreamColumns stream,
            Ipis ipis,
            GuestProgram program,
            KvmSetup setup) {
        this.index = index;
        this.parts = parts;
        this.stream = stream;
        this.program = program;
        hypervisor = new Hypervisor(parts, setup, ipis);
        cpu = new VirtualCpu(number, parts, hypervisor, program, setup);
    }

    /** From creation to the first task. */
    void boot() {
        hypervisor.start(RESET_RIP, parts.vm());
        program.boot(cpu);
    }

    void step() {
        program.step(cpu);
    }

    /** Powers off; a vCPU in HLT is called back by a signal. */
    void shutDown() {
        if (cpu.isIdle()) {
            hypervisor.interruptedHalt();
        } else {
            program.shutDown(cpu);
        }
    }

    VirtualCpu cpu() {
        return cpu;
    }

    VcpuThread thread() {
        return parts.thread();
    }

    GuestTime time() {
        return parts.time();
    }

    StreamColumns stream() {
        return stream;
    }

    GuestReport report() {
        return program.report(parts.time().instructions());
    }

    /** An IPI from another vCPU. */
    void interrupt(long instruction) {
        parts.apic().receive(instruction);
    }

    /** The instruction at which it has something to do; {@link LocalApic#NEVER} in an endless HLT. */
    long readyAt() {
        long now = parts.time().instructions();
        return cpu.isIdle() ? Math.max(now, cpu.wakesAt()) : now;
    }

    /** Which of two that are ready at the same time goes first. */
    int index() {
        return index;
    }
}
