package io.trapline.producer.emulator;

import java.util.Set;

/** L0's decisions about L2: which exits are L1's (R23, R26), and what L2 runs with (R24, R25). */
final class NestedDecisions {
    /** R24: what is merged; XFD and XFD_ERR are in no version's list. */
    private static final long[] MERGED = {Msr.SPEC_CTRL, Msr.KERNEL_GS_BASE};

    private static final int LOST_REFLECTION_EVERY = 16;
    private static final long LOW_END = 0x2000;
    private static final long HIGH = 0xc0000000L;
    private static final long SVM_HIGHER = 0xc0010000L;

    private final ControlBlocks blocks;
    private final Interception interception;
    private final RunLoop loop;
    private final LocalApic apic;
    private final TraceRecorder recorder;
    private final Isa isa;
    private final boolean ignoresB01;
    private final boolean keepsUncovered;
    private final boolean queuesReflectedNm;
    private final boolean losesReflections;
    private long reflections;

    NestedDecisions(
            ControlBlocks blocks,
            Interception interception,
            RunLoop loop,
            LocalApic apic,
            TraceRecorder recorder,
            KvmSetup setup) {
        this.blocks = blocks;
        this.interception = interception;
        this.loop = loop;
        this.apic = apic;
        this.recorder = recorder;
        isa = setup.isa();
        Set<Bug> bugs = setup.bugs();
        ignoresB01 = bugs.contains(Bug.MERGE_WITHOUT_B01);
        keepsUncovered = bugs.contains(Bug.UNCOVERED_MSR_KEPT);
        queuesReflectedNm = bugs.contains(Bug.REFLECTED_NM_QUEUED);
        losesReflections = bugs.contains(Bug.UNRECORDED_REFLECTION);
    }

    /** R23: whether L1 gets an access of L2 that exits. */
    boolean reflectsMsr(long index, boolean write) {
        NestedControls controls = blocks.nested();
        if (!controls.usesMsrBitmap()) {
            return isa == Isa.VMX;
        } else if (!isCovered(index)) {
            return !keepsUncovered;
        }
        return controls.msrBitmap().intercepts(index, write);
    }

    private boolean isCovered(long index) {
        return index < LOW_END
                || index >= HIGH && index < HIGH + LOW_END
                || isa == Isa.SVM && index >= SVM_HIGHER && index < SVM_HIGHER + LOW_END;
    }

    /** R26: #NM is L1's wherever L1 wants it. */
    boolean reflectsDeviceNotAvailable() {
        return blocks.nested().interceptsException(Vector.NM);
    }

    /** From L1's VMLAUNCH, VMRESUME or VMRUN into L2. */
    void enterL2(NestedControls controls) {
        boolean first = !controls.isLaunched();
        boolean resumes = controls.launch();
        loop.exit(resumes ? ExitReason.NESTED_RESUME : ExitReason.NESTED_LAUNCH, 0);
        int injected = controls.takeInjection();
        Vmcs vmcs02 = blocks.vmcs02();
        recorder.nestedEntry(controls, blocks.loaded().rip(), controls.rip(), RunLoop.injectionField(injected));
        blocks.enterL2(controls);
        merge(controls, first);
        controls.loadGuestState(vmcs02);
        interception.enteringL2(controls);
        if (injected != Vmcs.NO_INJECTION) {
            vmcs02.inject(injected);
        }
    }

    /** R24. A vmcs12 without a bitmap runs without one, a vmcb12 without MSR_PROT on L1's. */
    private void merge(NestedControls controls, boolean first) {
        blocks.vmcs02().useMsrBitmap(controls.usesMsrBitmap() || isa == Isa.SVM);
        for (long index : MERGED) {
            mergeBit(controls, index, false, first);
            mergeBit(controls, index, true, first);
        }
    }

    private void mergeBit(NestedControls controls, long index, boolean write, boolean first) {
        boolean b01 = blocks.vmcs01().msrBitmap().intercepts(index, write);
        boolean b12 = controls.usesMsrBitmap() && controls.msrBitmap().intercepts(index, write);
        boolean merged = b12 || b01 && !ignoresB01;
        if (first) {
            recorder.interceptChanged(Vmcs.VMCS01, index, write, b01);
        }
        if (controls.tellsBitmap(index, write, b12) || first) {
            recorder.interceptChanged(NestedControls.BITMAP, index, write, b12);
        }
        if (blocks.vmcs02().msrBitmap().intercept(index, write, merged) || first) {
            recorder.interceptChanged(Vmcs.VMCS02, index, write, merged);
        }
    }

    /** {@code nested_vmx_vmexit}: L1 finds this exit of L2 in its control block. The next entry is L1's, at this RIP. */
    void reflect(ExitReason reason, long info1, long vectoring, long intrInfo, long hostRip) {
        if (isa == Isa.SVM && reason == ExitReason.EXTERNAL_INTERRUPT) {
            recorder.nestedInterruptExit(blocks.loaded().rip());
        }
        if (!losesReflections || ++reflections % LOST_REFLECTION_EVERY != 0) {
            recorder.nestedExitReflected(reason, info1, vectoring, intrInfo);
        }
        blocks.nested().saveGuestState(blocks.vmcs02());
        if (queuesReflectedNm && reason == ExitReason.DEVICE_NOT_AVAILABLE) {
            loop.queue(Vector.NM, false);
        }
        blocks.leaveL2();
        interception.leftL2();
        blocks.loaded().setRip(hostRip);
        blocks.loaded().enableInterrupts(false);
        loop.enter();
    }

    /**
     * An interrupt for L1 while L2 runs is an exit of its own kind (synthetic where no exit preceded it). On VMX L1 is told
     * the vector, as KVM in L1 asks to acknowledge; on SVM it stays pending. Returns the vector, 0 where L1 is not told.
     */
    int reflectInterrupt(long hostRip) {
        int vector = 0;
        if (isa == Isa.VMX) {
            vector = apic.injectable();
            apic.accept(vector);
        }
        long info = vector == 0 ? 0 : RunLoop.injectionField(vector);
        reflect(ExitReason.EXTERNAL_INTERRUPT, 0, 0, info, hostRip);
        return vector;
    }
}
