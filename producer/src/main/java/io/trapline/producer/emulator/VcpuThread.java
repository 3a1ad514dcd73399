package io.trapline.producer.emulator;

/** The host's thread that runs a vCPU, and the CPU that it is on. */
final class VcpuThread {
    private final int pid;
    private PhysicalCpu cpu;

    VcpuThread(int pid, PhysicalCpu cpu) {
        this.pid = pid;
        this.cpu = cpu;
    }

    int pid() {
        return pid;
    }

    PhysicalCpu cpu() {
        return cpu;
    }

    CostClock clock() {
        return cpu.clock();
    }

    /** The scheduler goes on with it elsewhere; its time does not go back. */
    void moveTo(PhysicalCpu newCpu) {
        newCpu.clock().waitUntil(clock().nanos());
        cpu = newCpu;
    }
}
