package io.trapline.producer.emulator;

import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;

/**
 * Writes the records that the tracepoints of an unmodified kernel would, with msr:* filtered to XFD and XFD_ERR, and the
 * ground truth between them. Knows forms and flags; what happens and in which order is the hypervisor's.
 */
final class TraceRecorder {
    private static final int IRQS_ON = EventFlags.RECORDED;
    private static final int IRQS_OFF = EventFlags.RECORDED | EventFlags.IRQS_OFF;
    private static final int BH_OFF = EventFlags.RECORDED | EventFlags.BH_OFF;

    private final StreamColumns stream;
    private final HostStream[] hostStreams;
    private final VcpuThread thread;
    private final Isa isa;
    private final KernelProfile profile;
    private final boolean groundTruth;
    private EventColumns columns;
    private int flags = IRQS_ON;

    /**
     * {@code hostStreams} by CPU, empty where the host is not recorded.
     */
    TraceRecorder(StreamColumns stream, HostStream[] hostStreams, VcpuThread thread, KvmSetup setup) {
        this.stream = stream;
        this.hostStreams = hostStreams;
        this.thread = thread;
        isa = setup.isa();
        profile = setup.profile();
        groundTruth = setup.groundTruth();
    }

    boolean recordsHost() {
        return hostStreams.length > 0;
    }

    /** The stream of the CPU that the thread is on; only where the host is recorded. */
    HostStream host() {
        return hostStreams[thread.cpu().number()];
    }

    void irqsOff() {
        flags = IRQS_OFF;
    }

    void irqsOn() {
        flags = IRQS_ON;
    }

    /** {@code injection} is what the entry delivers, in the form of the entry's interruption field. */
    void entry(long rip, long injection) {
        append(EventKind.VM_ENTRY);
        columns.set(EventFields.VmEntry.RIP, rip);
        if (profile.printsEntryInjection()) {
            columns.set(EventFields.VmEntry.INTR_INFO, injection);
            columns.set(EventFields.VmEntry.ERROR_CODE, 0);
        }
    }

    void exit(ExitReason reason, long rip, long info1, long info2, long intrInfo) {
        append(EventKind.VM_EXIT);
        columns.set(EventFields.VmExit.EXIT_REASON, reason.number(isa));
        columns.set(EventFields.VmExit.ISA, isa.number());
        columns.set(EventFields.VmExit.RIP, rip);
        columns.set(EventFields.VmExit.INFO1, info1);
        columns.set(EventFields.VmExit.INFO2, info2);
        columns.set(EventFields.VmExit.INTR_INFO, intrInfo);
        columns.set(EventFields.VmExit.ERROR_CODE, 0);
        if (profile.printsEntryInjection()) {
            columns.set(EventFields.VmExit.REQUESTS, 0);
        }
    }

    /** kvm_nested_vmexit: the exit of L2 once more, on the slow path. */
    void nestedExit(ExitReason reason, long rip, long info1, long info2, long intrInfo) {
        append(EventKind.NESTED_EXIT);
        columns.set(EventFields.NestedExit.EXIT_REASON, reason.number(isa));
        columns.set(EventFields.NestedExit.ISA, isa.number());
        columns.set(EventFields.NestedExit.RIP, rip);
        columns.set(EventFields.NestedExit.INFO1, info1);
        columns.set(EventFields.NestedExit.INFO2, info2);
        columns.set(EventFields.NestedExit.INTR_INFO, intrInfo);
        columns.set(EventFields.NestedExit.ERROR_CODE, 0);
        if (profile.printsEntryInjection()) {
            columns.set(EventFields.NestedExit.REQUESTS, 0);
        }
    }

    /** kvm_nested_vmexit_inject: what L1 finds in vmcs12 or vmcb12. */
    void nestedExitReflected(ExitReason reason, long info1, long info2, long intrInfo) {
        append(EventKind.NESTED_EXIT_REFLECTED);
        columns.set(EventFields.NestedExitReflected.EXIT_REASON, reason.number(isa));
        columns.set(EventFields.NestedExitReflected.ISA, isa.number());
        columns.set(EventFields.NestedExitReflected.INFO1, info1);
        columns.set(EventFields.NestedExitReflected.INFO2, info2);
        columns.set(EventFields.NestedExitReflected.INT_INFO, intrInfo);
        columns.set(EventFields.NestedExitReflected.INT_INFO_ERR, 0);
    }

    /** kvm_nested_vmenter, on SVM with kvm_nested_intercepts behind it. */
    void nestedEntry(NestedControls controls, long rip, long nestedRip, long injection) {
        append(EventKind.NESTED_ENTRY);
        columns.set(EventFields.NestedEntry.ISA, isa.number());
        columns.set(EventFields.NestedEntry.RIP, rip);
        columns.set(EventFields.NestedEntry.VMCB, controls.address());
        columns.set(EventFields.NestedEntry.NESTED_RIP, nestedRip);
        columns.set(EventFields.NestedEntry.INT_CTL, isa == Isa.SVM ? 0x01000000 : 0);
        columns.set(EventFields.NestedEntry.EVENT_INJ, injection);
        columns.set(EventFields.NestedEntry.TDP_ENABLED, true);
        columns.set(EventFields.NestedEntry.GUEST_PGD, controls.address() + 0x25f05eL);
        if (isa == Isa.SVM) {
            append(EventKind.NESTED_INTERCEPTS);
            columns.set(EventFields.NestedIntercepts.CR_READ, 0x10);
            columns.set(EventFields.NestedIntercepts.CR_WRITE, 0x10);
            columns.set(EventFields.NestedIntercepts.EXCEPTIONS, controls.exceptionBitmap());
            // Bit 28 of the first word is MSR_PROT.
            columns.set(EventFields.NestedIntercepts.INTERCEPT1, controls.usesMsrBitmap() ? 0xbd4c8027L : 0xad4c8027L);
            columns.set(EventFields.NestedIntercepts.INTERCEPT2, 0x6e7f);
            columns.set(EventFields.NestedIntercepts.INTERCEPT3, 0);
        }
    }

    /** kvm_nested_intr_vmexit: SVM only. */
    void nestedInterruptExit(long rip) {
        append(EventKind.NESTED_INTERRUPT_EXIT);
        columns.set(EventFields.NestedInterruptExit.RIP, rip);
    }

    void hostMsr(boolean write, long index, long value) {
        append(EventKind.HOST_MSR_ACCESS);
        columns.set(EventFields.HostMsrAccess.WRITE, write);
        columns.set(EventFields.HostMsrAccess.INDEX, index);
        columns.set(EventFields.HostMsrAccess.VALUE, value);
        if (recordsHost()) {
            host().copy(write, index, value, flags, thread.pid());
        }
    }

    /** The same under {@code fpregs_lock}: IRQs on, bottom halves off. */
    void hostMsrWithBhOff(long index, long value) {
        flags = BH_OFF;
        hostMsr(true, index, value);
        flags = IRQS_ON;
    }

    void guestMsr(boolean write, long index, long data, boolean failed) {
        append(EventKind.GUEST_MSR_ACCESS);
        columns.set(EventFields.GuestMsrAccess.WRITE, write);
        columns.set(EventFields.GuestMsrAccess.INDEX, index);
        columns.set(EventFields.GuestMsrAccess.DATA, data);
        columns.set(EventFields.GuestMsrAccess.FAILED, failed);
    }

    void exceptionInjected(int vector, boolean reinjected) {
        append(EventKind.EXCEPTION_INJECTED);
        columns.set(EventFields.ExceptionInjected.VECTOR, vector);
        if (vector == Vector.GP) {
            columns.set(EventFields.ExceptionInjected.ERROR_CODE, 0);
        }
        columns.set(EventFields.ExceptionInjected.REINJECTED, reinjected);
    }

    void interruptInjected(int vector) {
        append(EventKind.INTERRUPT_INJECTED);
        columns.set(EventFields.InterruptInjected.VECTOR, vector);
        columns.set(EventFields.InterruptInjected.SOFT, false);
    }

    void userspaceExit(long reason) {
        append(EventKind.USERSPACE_EXIT);
        columns.set(EventFields.UserspaceExit.REASON, reason);
    }

    void fpu(boolean load) {
        append(EventKind.FPU_SWITCH);
        columns.set(EventFields.FpuSwitch.LOAD, load);
    }

    /** x86_fpu_*: {@code fpu} is the printed address of the state, {@code xfeatures} its XSTATE_BV. */
    void xstate(String name, long fpu, boolean needsLoad, long xfeatures) {
        append(EventKind.XSTATE_EVENT);
        columns.setText(EventFields.XstateEvent.NAME, name);
        columns.set(EventFields.XstateEvent.FPU, fpu);
        columns.set(EventFields.XstateEvent.LOAD, needsLoad);
        columns.set(EventFields.XstateEvent.XFEATURES, xfeatures);
        columns.set(EventFields.XstateEvent.XCOMP_BV, 0x80000000000602e7L);
    }

    /** The same under {@code fpregs_lock}. */
    void xstateWithBhOff(String name, long fpu, long xfeatures) {
        flags = BH_OFF;
        xstate(name, fpu, false, xfeatures);
        flags = IRQS_ON;
    }

    void crWrite(int register, long value) {
        append(EventKind.CR_ACCESS);
        columns.set(EventFields.CrAccess.WRITE, true);
        columns.set(EventFields.CrAccess.CR, register);
        columns.set(EventFields.CrAccess.VAL, value);
    }

    void hypercall(long number, long argument) {
        append(EventKind.HYPERCALL);
        columns.set(EventFields.Hypercall.NR, number);
        columns.set(EventFields.Hypercall.A0, argument);
    }

    /** An IPI to another vCPU, as sender and receiver trace it in the sender's thread. */
    void ipi(int destination, int vector) {
        append(EventKind.APIC_IPI);
        columns.set(EventFields.ApicIpi.ICR_LOW, vector);
        columns.set(EventFields.ApicIpi.DEST_ID, destination);
        append(EventKind.APIC_IRQ_ACCEPTED);
        columns.set(EventFields.ApicIrqAccepted.APIC_ID, destination);
        columns.set(EventFields.ApicIrqAccepted.VECTOR, vector);
    }

    void portIo(boolean write, int port, int size, long value) {
        append(EventKind.PORT_IO);
        columns.set(EventFields.PortIo.WRITE, write);
        columns.set(EventFields.PortIo.PORT, port);
        columns.set(EventFields.PortIo.SIZE, size);
        columns.set(EventFields.PortIo.REPEAT, 1);
        columns.set(EventFields.PortIo.VAL, value);
    }

    void mmio(MmioStep step, int len, long gpa, long value) {
        append(EventKind.MMIO);
        columns.set(EventFields.Mmio.TYPE, step.ordinal());
        columns.set(EventFields.Mmio.LEN, len);
        columns.set(EventFields.Mmio.GPA, gpa);
        columns.set(EventFields.Mmio.VAL, value);
    }

    void pageFault(long rip, long address, long errorCode) {
        append(EventKind.PAGE_FAULT);
        columns.set(EventFields.PageFault.RIP, rip);
        columns.set(EventFields.PageFault.ADDRESS, address);
        columns.set(EventFields.PageFault.ERROR_CODE, errorCode);
    }

    void cpuid(CpuidLeaf leaf) {
        append(EventKind.CPUID_EXECUTED);
        columns.set(EventFields.CpuidExecuted.FUNC, leaf.func());
        columns.set(EventFields.CpuidExecuted.IDX, leaf.idx());
        columns.set(EventFields.CpuidExecuted.RAX, leaf.rax());
        columns.set(EventFields.CpuidExecuted.RBX, leaf.rbx());
        columns.set(EventFields.CpuidExecuted.RCX, leaf.rcx());
        columns.set(EventFields.CpuidExecuted.RDX, leaf.rdx());
        columns.set(EventFields.CpuidExecuted.FOUND, true);
    }

    void apicWrite(int register, long value) {
        append(EventKind.APIC_EVENT);
        columns.set(EventFields.ApicEvent.WRITE, true);
        columns.set(EventFields.ApicEvent.REGISTER, register);
        columns.set(EventFields.ApicEvent.VAL, value);
    }

    void haltWakeup(long durationNanos, boolean waited) {
        append(EventKind.HALT_WAKEUP);
        columns.set(EventFields.HaltWakeup.DURATION_NS, durationNanos);
        columns.set(EventFields.HaltWakeup.WAITED, waited);
        columns.set(EventFields.HaltWakeup.VALID, true);
    }

    /** {@code bitmap} 1 = B01, 2 = B02, 12 = B12. */
    void interceptChanged(int bitmap, long index, boolean write, boolean intercepted) {
        if (groundTruth) {
            append(EventKind.INTERCEPT_CHANGED);
            columns.set(EventFields.InterceptChanged.BITMAP, bitmap);
            columns.set(EventFields.InterceptChanged.INDEX, index);
            columns.set(EventFields.InterceptChanged.WRITE, write);
            columns.set(EventFields.InterceptChanged.INTERCEPTED, intercepted);
        }
    }

    void exceptionBitmapChanged(int bitmap, long value) {
        if (groundTruth) {
            append(EventKind.EXCEPTION_BITMAP_CHANGED);
            columns.set(EventFields.ExceptionBitmapChanged.BITMAP, bitmap);
            columns.set(EventFields.ExceptionBitmapChanged.VALUE, value);
        }
    }

    void passthroughAccess(boolean write, long index, long data, boolean failed) {
        if (groundTruth) {
            append(EventKind.PASSTHROUGH_ACCESS);
            columns.set(EventFields.PassthroughAccess.WRITE, write);
            columns.set(EventFields.PassthroughAccess.INDEX, index);
            columns.set(EventFields.PassthroughAccess.DATA, data);
            columns.set(EventFields.PassthroughAccess.FAILED, failed);
        }
    }

    void guestFault(int vector, long xfdErr) {
        if (groundTruth) {
            append(EventKind.GUEST_FAULT);
            columns.set(EventFields.GuestFault.VECTOR, vector);
            columns.set(EventFields.GuestFault.XFD_ERR, xfdErr);
        }
    }

    private void append(EventKind kind) {
        columns = stream.append(kind, thread.cpu(), flags);
    }
}
