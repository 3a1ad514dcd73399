package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.GuestCpu;
import io.trapline.producer.emulator.Msr;

/** L1's switch between its own tile data and XFD and those of its guest: there is one set of registers for both (R27). */
final class L2Fpu {
    private final GuestKernel kernel;
    private final GuestTask vmm;
    private long xfd;
    private long tiles;
    private long tilesOfVmm;

    /** {@code vmm} is the task of L1 that runs L2. */
    L2Fpu(GuestKernel kernel, GuestTask vmm) {
        this.kernel = kernel;
        this.vmm = vmm;
    }

    long xfd() {
        return xfd;
    }

    /** L1 sets it for its guest, whose state is loaded. */
    void setXfd(long value, GuestCpu cpu) {
        xfd = value;
        kernel.setXfd(value, cpu);
    }

    /** L1 finds out what its guest left there. */
    void syncXfd(GuestCpu cpu) {
        xfd = cpu.readMsr(Msr.XFD);
        kernel.xfdIs(xfd);
    }

    void load(GuestCpu cpu) {
        tilesOfVmm = cpu.xsaveTiles();
        kernel.setXfd(xfd, cpu);
        cpu.xrstorTiles(tiles);
    }

    void put(GuestCpu cpu) {
        tiles = cpu.xsaveTiles();
        kernel.setXfd(kernel.xfdOf(vmm), cpu);
        cpu.xrstorTiles(tilesOfVmm);
    }
}
