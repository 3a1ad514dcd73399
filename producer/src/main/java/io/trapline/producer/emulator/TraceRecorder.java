package io.trapline.producer.emulator;

import io.trapline.producer.EventSink;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;

/**
 * Writes the records that the tracepoints of an unmodified 6.1 kernel would, with msr:* filtered to XFD and XFD_ERR, and the
 * ground truth between them. Knows forms and flags; what happens and in which order is the hypervisor's.
 */
final class TraceRecorder {
    private static final int VMX = 1;
    private static final int CPU = 0;
    private static final long CLOCK_HZ = 1_000_000_000L;
    private static final int IRQS_ON = EventFlags.RECORDED;
    private static final int IRQS_OFF = EventFlags.RECORDED | EventFlags.IRQS_OFF;
    private static final int BH_OFF = EventFlags.RECORDED | EventFlags.BH_OFF;

    private final EventColumns columns = new EventColumns();
    private final EventSink sink;
    private final StreamKey stream;
    private final CostClock clock;
    private final boolean groundTruth;
    private final int batch;
    private int flags = IRQS_ON;
    private long events;
    private long kindsSeen;

    /** {@code batch} events go to the sink at a time. */
    TraceRecorder(EventSink sink, StreamKey stream, CostClock clock, boolean groundTruth, int batch) {
        this.sink = sink;
        this.stream = stream;
        this.clock = clock;
        this.groundTruth = groundTruth;
        this.batch = batch;
        columns.reset(stream, CLOCK_HZ, 0);
    }

    /** Events recorded so far. */
    long events() {
        return events;
    }

    boolean hasSeen(EventKind kind) {
        return (kindsSeen & 1L << kind.code()) != 0;
    }

    /** Hands over what is left. */
    void flush() {
        if (columns.count() > 0) {
            sink.accept(columns);
            columns.reset(stream, CLOCK_HZ, events);
        }
    }

    void irqsOff() {
        flags = IRQS_OFF;
    }

    void irqsOn() {
        flags = IRQS_ON;
    }

    void entry(long rip) {
        append(EventKind.VM_ENTRY);
        columns.set(EventFields.VmEntry.RIP, rip);
    }

    void exit(int reason, long rip, long info1, long info2, long intrInfo) {
        append(EventKind.VM_EXIT);
        columns.set(EventFields.VmExit.EXIT_REASON, reason);
        columns.set(EventFields.VmExit.ISA, VMX);
        columns.set(EventFields.VmExit.RIP, rip);
        columns.set(EventFields.VmExit.INFO1, info1);
        columns.set(EventFields.VmExit.INFO2, info2);
        columns.set(EventFields.VmExit.INTR_INFO, intrInfo);
        columns.set(EventFields.VmExit.ERROR_CODE, 0);
    }

    void hostMsr(boolean write, long index, long value) {
        append(EventKind.HOST_MSR_ACCESS);
        columns.set(EventFields.HostMsrAccess.WRITE, write);
        columns.set(EventFields.HostMsrAccess.INDEX, index);
        columns.set(EventFields.HostMsrAccess.VALUE, value);
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

    void interceptChanged(long index, boolean write, boolean intercepted) {
        if (groundTruth) {
            append(EventKind.INTERCEPT_CHANGED);
            columns.set(EventFields.InterceptChanged.BITMAP, Vmcs.VMCS01);
            columns.set(EventFields.InterceptChanged.INDEX, index);
            columns.set(EventFields.InterceptChanged.WRITE, write);
            columns.set(EventFields.InterceptChanged.INTERCEPTED, intercepted);
        }
    }

    void exceptionBitmapChanged(long value) {
        if (groundTruth) {
            append(EventKind.EXCEPTION_BITMAP_CHANGED);
            columns.set(EventFields.ExceptionBitmapChanged.BITMAP, Vmcs.VMCS01);
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
        // Handed over before the next record, not after this one: its fields are still to come.
        if (columns.count() == batch) {
            flush();
        }
        events++;
        kindsSeen |= 1L << kind.code();
        // The source position is the line that a text of these events would have.
        columns.append(kind, clock.nanos(), CPU, flags, events);
    }
}
