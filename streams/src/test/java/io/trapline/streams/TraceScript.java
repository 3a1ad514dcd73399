package io.trapline.streams;

import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.CpuidExecuted;
import io.trapline.schemas.event.EventFields.CrAccess;
import io.trapline.schemas.event.EventFields.ExceptionBitmapChanged;
import io.trapline.schemas.event.EventFields.ExceptionInjected;
import io.trapline.schemas.event.EventFields.FpuSwitch;
import io.trapline.schemas.event.EventFields.Gap;
import io.trapline.schemas.event.EventFields.GuestFault;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HaltWakeup;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFields.Hypercall;
import io.trapline.schemas.event.EventFields.InterceptChanged;
import io.trapline.schemas.event.EventFields.InterruptInjected;
import io.trapline.schemas.event.EventFields.Mmio;
import io.trapline.schemas.event.EventFields.NestedEntry;
import io.trapline.schemas.event.EventFields.NestedEntryFailed;
import io.trapline.schemas.event.EventFields.NestedExit;
import io.trapline.schemas.event.EventFields.NestedExitReflected;
import io.trapline.schemas.event.EventFields.NestedIntercepts;
import io.trapline.schemas.event.EventFields.OtherEvent;
import io.trapline.schemas.event.EventFields.PageFault;
import io.trapline.schemas.event.EventFields.PassthroughAccess;
import io.trapline.schemas.event.EventFields.PortIo;
import io.trapline.schemas.event.EventFields.SchedSwitch;
import io.trapline.schemas.event.EventFields.UserspaceExit;
import io.trapline.schemas.event.EventFields.VmEntry;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventFields.XstateEvent;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.table.ExitReasons;

/**
 * Writes a trace of one vCPU as a KVM expert would: {@code exit("CPUID").r(0x1c4, 0x40000).entry()}. Records have the
 * IRQ flags that the kernel prints with them, unless {@link #withoutFlags}. Each event is a microsecond after the one
 * before.
 */
public final class TraceScript {
    public static final long HZ = 1_000_000_000L;
    public static final long XTILE = 0x40000;

    private static final long NM_INTR_INFO = 0x80000307L;
    private static final int IRQS_ON = EventFlags.RECORDED;
    private static final int IRQS_OFF = EventFlags.RECORDED | EventFlags.IRQS_OFF;

    private final EventColumns events = new EventColumns();
    private boolean flags = true;
    private boolean exceptions = true;
    private boolean requests;
    private int isa = ExitReasons.VMX;
    private long time = 1_000_000;
    private long step = 1_000;
    private int cpu;
    private long exitRip;

    public TraceScript() {
        this(new StreamKey("run", "vm", 0));
    }

    public TraceScript(StreamKey stream) {
        events.reset(stream, HZ, 0);
    }

    public EventColumns events() {
        return events;
    }

    public TraceScript withoutFlags() {
        flags = false;
        return this;
    }

    /** From here on, exits are printed as trace-cmd's plugin does it: without intr_info. */
    public TraceScript withoutIntrInfo() {
        exceptions = false;
        return this;
    }

    /** From here on, exits have the field of 6.14. */
    public TraceScript withRequests() {
        requests = true;
        return this;
    }

    public TraceScript svm() {
        isa = ExitReasons.SVM;
        return this;
    }

    /** Lets so many nanoseconds pass before the next event. */
    public TraceScript after(long nanos) {
        time += nanos - step;
        return this;
    }

    public void add(EventKind kind, int eventFlags) {
        time += step;
        events.append(kind, time, cpu, flags ? eventFlags : EventFlags.NONE, events.count() + 1L);
    }

    public TraceScript entry() {
        add(EventKind.VM_ENTRY, IRQS_OFF);
        return this;
    }

    /** An entry that says what it injects, as from 6.14 on. */
    public TraceScript entry(long intrInfo) {
        entry();
        events.set(VmEntry.INTR_INFO, intrInfo);
        return this;
    }

    public TraceScript entryAt(long rip) {
        entry();
        events.set(VmEntry.RIP, rip);
        return this;
    }

    public TraceScript entryAt(long rip, long intrInfo) {
        entry(intrInfo);
        events.set(VmEntry.RIP, rip);
        return this;
    }

    public TraceScript exit(String reason) {
        return exit(reason, 0, 0);
    }

    public TraceScript exit(String reason, long info1, long intrInfo) {
        add(EventKind.VM_EXIT, IRQS_OFF);
        events.set(VmExit.EXIT_REASON, ExitReasons.number(isa, reason));
        events.set(VmExit.ISA, isa);
        events.set(VmExit.INFO1, info1);
        events.set(VmExit.RIP, exitRip);
        if (exceptions) {
            events.set(VmExit.INTR_INFO, intrInfo);
        }
        if (requests) {
            events.set(VmExit.REQUESTS, 0);
        }
        return this;
    }

    /** A trapped #NM. */
    public TraceScript exitNm() {
        return isa == ExitReasons.SVM ? exit("NM excp") : exit("EXCEPTION_NMI", 0, NM_INTR_INFO);
    }

    /** A trapped #NM while another event was being delivered. */
    public TraceScript exitNmDuring(long vectoring) {
        exitNm();
        events.set(VmExit.INFO2, vectoring);
        return this;
    }

    /** {@code msr:read_msr} with IRQs off. */
    public TraceScript r(long index, long value) {
        return host(false, index, value, IRQS_OFF);
    }

    /** {@code msr:write_msr} with IRQs off. */
    public TraceScript w(long index, long value) {
        return host(true, index, value, IRQS_OFF);
    }

    /** {@code msr:read_msr} that gave #GP. */
    public TraceScript rFailed(long index) {
        host(false, index, 0, IRQS_OFF);
        events.set(HostMsrAccess.FAILED, true);
        return this;
    }

    public TraceScript rLate(long index, long value) {
        return host(false, index, value, IRQS_ON);
    }

    public TraceScript wLate(long index, long value) {
        return host(true, index, value, IRQS_ON);
    }

    public TraceScript host(boolean write, long index, long value, int eventFlags) {
        add(EventKind.HOST_MSR_ACCESS, eventFlags);
        events.set(HostMsrAccess.WRITE, write);
        events.set(HostMsrAccess.INDEX, index);
        events.set(HostMsrAccess.VALUE, value);
        return this;
    }

    /** {@code kvm_msr: msr_write}. */
    public TraceScript g(long index, long value) {
        return guest(true, index, value, false);
    }

    public TraceScript gRead(long index, long value) {
        return guest(false, index, value, false);
    }

    public TraceScript guest(boolean write, long index, long value, boolean failed) {
        boolean fast = index == 0x830 || index == 0x6e0;
        add(EventKind.GUEST_MSR_ACCESS, fast ? IRQS_OFF : IRQS_ON);
        events.set(GuestMsrAccess.WRITE, write);
        events.set(GuestMsrAccess.INDEX, index);
        events.set(GuestMsrAccess.DATA, value);
        events.set(GuestMsrAccess.FAILED, failed);
        return this;
    }

    public TraceScript injNm() {
        return inj(7);
    }

    public TraceScript inj(int vector) {
        add(EventKind.EXCEPTION_INJECTED, IRQS_ON);
        events.set(ExceptionInjected.VECTOR, vector);
        return this;
    }

    /** {@code kvm_inj_exception ... [reinjected]}. */
    public TraceScript injAgain(int vector) {
        inj(vector);
        events.set(ExceptionInjected.REINJECTED, true);
        return this;
    }

    public TraceScript virq(int vector) {
        add(EventKind.INTERRUPT_INJECTED, IRQS_ON);
        events.set(InterruptInjected.VECTOR, vector);
        return this;
    }

    public TraceScript softIrq(int vector) {
        virq(vector);
        events.set(InterruptInjected.SOFT, true);
        return this;
    }

    public TraceScript cpuid() {
        add(EventKind.CPUID_EXECUTED, IRQS_ON);
        return this;
    }

    /** An exit in which the guest reads a leaf of its CPUID that it has. */
    public TraceScript cpuidTurn(long func, long idx, long eax) {
        exit("CPUID").cpuid();
        events.set(CpuidExecuted.FUNC, func);
        events.set(CpuidExecuted.IDX, idx);
        events.set(CpuidExecuted.RAX, eax);
        events.set(CpuidExecuted.FOUND, true);
        return entry();
    }

    /** {@code kvm_msr: msr_write ... (#GP)}. */
    public TraceScript gRefused(long index, long value) {
        return guest(true, index, value, true);
    }

    /** {@code kvm_inj_exception: #GP (0x0)}. */
    public TraceScript injGp() {
        return inj(13, 0, false);
    }

    public TraceScript inj(int vector, int code, boolean reinjected) {
        add(EventKind.EXCEPTION_INJECTED, IRQS_ON);
        events.set(ExceptionInjected.VECTOR, vector);
        events.set(ExceptionInjected.ERROR_CODE, code);
        events.set(ExceptionInjected.REINJECTED, reinjected);
        return this;
    }

    /** {@code x86_fpu_<name>}. */
    public TraceScript xstate(String name, long xfeatures) {
        add(EventKind.XSTATE_EVENT, IRQS_ON);
        events.setText(XstateEvent.NAME, name);
        events.set(XstateEvent.FPU, 0x7c669581L);
        events.set(XstateEvent.LOAD, false);
        events.set(XstateEvent.XFEATURES, xfeatures);
        events.set(XstateEvent.XCOMP_BV, 0);
        return this;
    }

    /** The record before it belongs to the thread of a vCPU, and this is its copy for the CPU's stream. */
    public TraceScript copyOf(int thread) {
        events.set(HostMsrAccess.THREAD, thread);
        return this;
    }

    /** From here on, records come from this CPU. */
    public TraceScript onCpu(int newCpu) {
        cpu = newCpu;
        return this;
    }

    /** Emulator: a bit of an MSR bitmap. */
    public TraceScript intercept(int bitmap, long index, boolean write, boolean intercepted) {
        add(EventKind.INTERCEPT_CHANGED, IRQS_ON);
        events.set(InterceptChanged.BITMAP, bitmap);
        events.set(InterceptChanged.INDEX, index);
        events.set(InterceptChanged.WRITE, write);
        events.set(InterceptChanged.INTERCEPTED, intercepted);
        return this;
    }

    /** Emulator: an exception bitmap, with or without #NM. */
    public TraceScript exceptionBitmap(int bitmap, boolean nm) {
        add(EventKind.EXCEPTION_BITMAP_CHANGED, IRQS_ON);
        events.set(ExceptionBitmapChanged.BITMAP, bitmap);
        events.set(ExceptionBitmapChanged.VALUE, nm ? 0x600c2 : 0x60042);
        return this;
    }

    /** Emulator: an access without an exit. */
    public TraceScript passthrough(boolean write, long index) {
        add(EventKind.PASSTHROUGH_ACCESS, IRQS_ON);
        events.set(PassthroughAccess.WRITE, write);
        events.set(PassthroughAccess.INDEX, index);
        events.set(PassthroughAccess.DATA, 0);
        events.set(PassthroughAccess.FAILED, false);
        return this;
    }

    /** Emulator: a #NM without an exit. */
    public TraceScript guestNm(long xfdErr) {
        add(EventKind.GUEST_FAULT, IRQS_ON);
        events.set(GuestFault.VECTOR, 7);
        events.set(GuestFault.XFD_ERR, xfdErr);
        return this;
    }

    public TraceScript pageFault() {
        add(EventKind.PAGE_FAULT, IRQS_ON);
        return this;
    }

    public TraceScript pageFault(long address) {
        pageFault();
        events.set(PageFault.ADDRESS, address);
        return this;
    }

    public TraceScript cr(int number, boolean write) {
        add(EventKind.CR_ACCESS, IRQS_ON);
        events.set(CrAccess.CR, number);
        events.set(CrAccess.WRITE, write);
        return this;
    }

    public TraceScript hypercall(long number) {
        add(EventKind.HYPERCALL, IRQS_ON);
        events.set(Hypercall.NR, number);
        return this;
    }

    /** kvm_vcpu_wakeup after so many nanoseconds. */
    public TraceScript wakeup(long nanos, boolean waited) {
        add(EventKind.HALT_WAKEUP, IRQS_ON);
        events.set(HaltWakeup.DURATION_NS, nanos);
        events.set(HaltWakeup.WAITED, waited);
        return this;
    }

    /** sched_switch away from the vCPU's thread. */
    public TraceScript sched(String prevState) {
        add(EventKind.SCHED_SWITCH, IRQS_OFF);
        events.setText(SchedSwitch.PREV_COMM, "CPU 0/KVM");
        events.setText(SchedSwitch.PREV_STATE, prevState);
        events.setText(SchedSwitch.NEXT_COMM, "other");
        return this;
    }

    /** The copy of the sched_switch that brings the vCPU's thread back. */
    public TraceScript schedBack() {
        add(EventKind.SCHED_SWITCH, IRQS_OFF);
        events.setText(SchedSwitch.PREV_COMM, "other");
        events.setText(SchedSwitch.PREV_STATE, "R");
        events.setText(SchedSwitch.NEXT_COMM, "CPU 0/KVM");
        events.set(SchedSwitch.THREAD, 100);
        return this;
    }

    /** From here on, the guest exits at this RIP. */
    public TraceScript at(long rip) {
        exitRip = rip;
        return this;
    }

    public TraceScript pio(int port, boolean write) {
        add(EventKind.PORT_IO, IRQS_ON);
        events.set(PortIo.PORT, port);
        events.set(PortIo.WRITE, write);
        return this;
    }

    /** {@code kvm_mmio}; 1 is a read, 2 a write. */
    public TraceScript mmio(int type, long gpa) {
        add(EventKind.MMIO, IRQS_ON);
        events.set(Mmio.TYPE, type);
        events.set(Mmio.GPA, gpa);
        return this;
    }

    public TraceScript userspace(long reason) {
        add(EventKind.USERSPACE_EXIT, IRQS_ON);
        events.set(UserspaceExit.REASON, reason);
        return this;
    }

    public TraceScript fpu(boolean load) {
        add(EventKind.FPU_SWITCH, IRQS_ON);
        events.set(FpuSwitch.LOAD, load);
        return this;
    }

    public TraceScript nexit(String reason) {
        add(EventKind.NESTED_EXIT, IRQS_ON);
        events.set(NestedExit.EXIT_REASON, ExitReasons.number(isa, reason));
        events.set(NestedExit.ISA, isa);
        return this;
    }

    public TraceScript nreflect(String reason) {
        add(EventKind.NESTED_EXIT_REFLECTED, IRQS_ON);
        events.set(NestedExitReflected.EXIT_REASON, ExitReasons.number(isa, reason));
        events.set(NestedExitReflected.ISA, isa);
        return this;
    }

    /** L1 is given a #NM of L2. */
    public TraceScript nreflectNm() {
        if (isa == ExitReasons.SVM) {
            return nreflect("NM excp");
        }
        nreflect("EXCEPTION_NMI");
        events.set(NestedExitReflected.INT_INFO, NM_INTR_INFO);
        return this;
    }

    public TraceScript nexitNm() {
        return nexit(isa == ExitReasons.SVM ? "NM excp" : "EXCEPTION_NMI");
    }

    /** L1 gets an exception of L2. */
    public TraceScript nreflect(String reason, long intInfo) {
        nreflect(reason);
        events.set(NestedExitReflected.INT_INFO, intInfo);
        return this;
    }

    public TraceScript nenter() {
        add(EventKind.NESTED_ENTRY, IRQS_ON);
        return this;
    }

    /** {@code kvm_nested_vmenter} of this VMCS, which is to go on there. */
    public TraceScript nenter(long vmcs, long nestedRip) {
        nenter();
        events.set(NestedEntry.VMCB, vmcs);
        events.set(NestedEntry.NESTED_RIP, nestedRip);
        return this;
    }

    /** What L1 intercepts on SVM: exceptions, and the word of INTERCEPT_MSR_PROT. */
    public TraceScript nintercepts(long exceptions, long word3) {
        add(EventKind.NESTED_INTERCEPTS, IRQS_ON);
        events.set(NestedIntercepts.EXCEPTIONS, exceptions);
        events.set(NestedIntercepts.INTERCEPT1, word3);
        return this;
    }

    public TraceScript nenterFailed() {
        add(EventKind.NESTED_ENTRY_FAILED, IRQS_ON);
        events.setText(NestedEntryFailed.MESSAGE, "VMfailValid 7");
        return this;
    }

    /** {@code kvm_nested_intr_vmexit}. */
    public TraceScript nintr() {
        add(EventKind.NESTED_INTERRUPT_EXIT, IRQS_ON);
        return this;
    }

    public TraceScript smm() {
        add(EventKind.SMM_TRANSITION, IRQS_ON);
        return this;
    }

    public TraceScript gap() {
        add(EventKind.GAP, EventFlags.NONE);
        events.set(Gap.LOST, 5);
        events.setText(Gap.REASON, "LOST 5 EVENTS");
        return this;
    }

    /** A record of the host's interrupt. */
    public TraceScript irq() {
        add(EventKind.IRQ_ENTRY, IRQS_OFF | EventFlags.HARD_IRQ);
        events.setText(0, "timer");
        return this;
    }

    /** What the fast path of an ICR write leaves before its kvm_msr. */
    public TraceScript fastIpi() {
        add(EventKind.APIC_IPI, IRQS_OFF);
        add(EventKind.APIC_IRQ_ACCEPTED, IRQS_OFF);
        return this;
    }

    public TraceScript other(String name, boolean irqsOff) {
        add(EventKind.OTHER_EVENT, irqsOff ? IRQS_OFF : IRQS_ON);
        events.setText(OtherEvent.NAME, name);
        events.setText(OtherEvent.TEXT, "x");
        return this;
    }

    /** A guest that has armed XFD under a recording with all it takes, and is running. */
    public TraceScript armed() {
        return entry().exit("MSR_WRITE").w(0x1c4, XTILE).g(0x1c4, XTILE).entry();
    }

    /** An XFD fault as a sound kernel handles it. */
    public TraceScript soundFault() {
        return exitNm().r(0x1c4, XTILE)
                .r(0x1c5, XTILE)
                .w(0x1c5, 0)
                .injNm()
                .w(0x1c5, XTILE)
                .entry();
    }

    /** A #NM handler of the guest clears XFD_ERR while XFD is armed, and KVM's copy holds nothing. */
    public TraceScript guestClears() {
        return exit("MSR_WRITE").r(0x1c4, XTILE).g(0x1c5, 0).entry();
    }

    /** An exit as a sound kernel handles it once the guest has armed XFD. */
    public TraceScript soundTurn() {
        return exit("CPUID").r(0x1c4, XTILE).cpuid().entry();
    }
}
