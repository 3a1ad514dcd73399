package io.trapline.producer.emulator;

/** When an exit syncs XFD: the S axis of the strategies (specification 5.2). */
final class XfdSyncs {
    private final VcpuState vcpu;
    private final ControlBlocks blocks;
    private final Strategy.Sync choice;
    private final boolean hostHasXfd;

    XfdSyncs(VcpuState vcpu, ControlBlocks blocks, KvmSetup setup) {
        this.vcpu = vcpu;
        this.blocks = blocks;
        // The helper of 5.17 is planted as a mistake, or chosen as a strategy.
        choice = setup.bugs().contains(Bug.WRONG_MSR_TESTED)
                ? Strategy.Sync.S4
                : setup.strategy().sync();
        hostHasXfd = setup.isa() == Isa.VMX;
    }

    boolean isDue() {
        return switch (choice) {
            case S1 -> vcpu.noWriteIntercept();
            case S2 -> isOpen(blocks.loaded(), Msr.XFD);
            case S3 -> isOpen(blocks.vmcs01(), Msr.XFD);
            case S4 -> isOpen(blocks.loaded(), Msr.SPEC_CTRL);
            case S5 -> hostHasXfd;
            case S6 -> false;
        };
    }

    private static boolean isOpen(Vmcs vmcs, long index) {
        return vmcs.usesMsrBitmap() && !vmcs.msrBitmap().intercepts(index, true);
    }
}
