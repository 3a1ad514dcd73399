package io.trapline.producer.emulator;

/** The two control blocks that L0 keeps for a vCPU: one for L1, one for L2 as L0 runs it. One of them is loaded. */
final class ControlBlocks {
    private final Vmcs vmcs01 = new Vmcs(Vmcs.VMCS01);
    private final Vmcs vmcs02 = new Vmcs(Vmcs.VMCS02);
    private Vmcs loaded = vmcs01;
    private NestedControls nested;

    Vmcs vmcs01() {
        return vmcs01;
    }

    Vmcs vmcs02() {
        return vmcs02;
    }

    /** What the vCPU runs with. */
    Vmcs loaded() {
        return loaded;
    }

    boolean inL2() {
        return loaded == vmcs02;
    }

    /** vmcs12 while L2 runs. */
    NestedControls nested() {
        return nested;
    }

    void enterL2(NestedControls controls) {
        nested = controls;
        loaded = vmcs02;
    }

    void leaveL2() {
        nested = null;
        loaded = vmcs01;
    }
}
