package io.trapline.schemas.event;

/**
 * Places of the fields of each kind in an event row, by name: {@code event.get(VmExit.RIP)}. The numbers come from the
 * schema through {@link EventLayout}; a name that the schema does not have fails at class initialisation.
 */
public final class EventFields {
    private EventFields() {}

    /** Fields of {@link EventKind#VM_ENTRY}. */
    public static final class VmEntry {
        public static final int RIP = EventLayout.place(EventKind.VM_ENTRY, "rip");
        public static final int IMMEDIATE_EXIT = EventLayout.place(EventKind.VM_ENTRY, "immediateExit");
        public static final int INTR_INFO = EventLayout.place(EventKind.VM_ENTRY, "intrInfo");
        public static final int ERROR_CODE = EventLayout.place(EventKind.VM_ENTRY, "errorCode");

        private VmEntry() {}
    }

    /** Fields of {@link EventKind#VM_EXIT}. */
    public static final class VmExit {
        public static final int EXIT_REASON = EventLayout.place(EventKind.VM_EXIT, "exitReason");
        public static final int ISA = EventLayout.place(EventKind.VM_EXIT, "isa");
        public static final int RIP = EventLayout.place(EventKind.VM_EXIT, "rip");
        public static final int INFO1 = EventLayout.place(EventKind.VM_EXIT, "info1");
        public static final int INFO2 = EventLayout.place(EventKind.VM_EXIT, "info2");
        public static final int INTR_INFO = EventLayout.place(EventKind.VM_EXIT, "intrInfo");
        public static final int ERROR_CODE = EventLayout.place(EventKind.VM_EXIT, "errorCode");
        public static final int REQUESTS = EventLayout.place(EventKind.VM_EXIT, "requests");

        private VmExit() {}
    }

    /** Fields of {@link EventKind#GUEST_MSR_ACCESS}. */
    public static final class GuestMsrAccess {
        public static final int WRITE = EventLayout.place(EventKind.GUEST_MSR_ACCESS, "write");
        public static final int INDEX = EventLayout.place(EventKind.GUEST_MSR_ACCESS, "index");
        public static final int DATA = EventLayout.place(EventKind.GUEST_MSR_ACCESS, "data");
        public static final int FAILED = EventLayout.place(EventKind.GUEST_MSR_ACCESS, "failed");

        private GuestMsrAccess() {}
    }

    /** Fields of {@link EventKind#HOST_MSR_ACCESS}. */
    public static final class HostMsrAccess {
        public static final int WRITE = EventLayout.place(EventKind.HOST_MSR_ACCESS, "write");
        public static final int INDEX = EventLayout.place(EventKind.HOST_MSR_ACCESS, "index");
        public static final int VALUE = EventLayout.place(EventKind.HOST_MSR_ACCESS, "value");
        public static final int FAILED = EventLayout.place(EventKind.HOST_MSR_ACCESS, "failed");
        public static final int THREAD = EventLayout.place(EventKind.HOST_MSR_ACCESS, "thread");

        private HostMsrAccess() {}
    }

    /** Fields of {@link EventKind#EXCEPTION_INJECTED}. */
    public static final class ExceptionInjected {
        public static final int VECTOR = EventLayout.place(EventKind.EXCEPTION_INJECTED, "vector");
        public static final int ERROR_CODE = EventLayout.place(EventKind.EXCEPTION_INJECTED, "errorCode");
        public static final int REINJECTED = EventLayout.place(EventKind.EXCEPTION_INJECTED, "reinjected");

        private ExceptionInjected() {}
    }

    /** Fields of {@link EventKind#INTERRUPT_INJECTED}. */
    public static final class InterruptInjected {
        public static final int VECTOR = EventLayout.place(EventKind.INTERRUPT_INJECTED, "vector");
        public static final int SOFT = EventLayout.place(EventKind.INTERRUPT_INJECTED, "soft");
        public static final int REINJECTED = EventLayout.place(EventKind.INTERRUPT_INJECTED, "reinjected");

        private InterruptInjected() {}
    }

    /** Fields of {@link EventKind#NESTED_ENTRY}. */
    public static final class NestedEntry {
        public static final int ISA = EventLayout.place(EventKind.NESTED_ENTRY, "isa");
        public static final int RIP = EventLayout.place(EventKind.NESTED_ENTRY, "rip");
        public static final int VMCB = EventLayout.place(EventKind.NESTED_ENTRY, "vmcb");
        public static final int NESTED_RIP = EventLayout.place(EventKind.NESTED_ENTRY, "nestedRip");
        public static final int INT_CTL = EventLayout.place(EventKind.NESTED_ENTRY, "intCtl");
        public static final int EVENT_INJ = EventLayout.place(EventKind.NESTED_ENTRY, "eventInj");
        public static final int TDP_ENABLED = EventLayout.place(EventKind.NESTED_ENTRY, "tdpEnabled");
        public static final int GUEST_PGD = EventLayout.place(EventKind.NESTED_ENTRY, "guestPgd");

        private NestedEntry() {}
    }

    /** Fields of {@link EventKind#NESTED_EXIT}. */
    public static final class NestedExit {
        public static final int EXIT_REASON = EventLayout.place(EventKind.NESTED_EXIT, "exitReason");
        public static final int ISA = EventLayout.place(EventKind.NESTED_EXIT, "isa");
        public static final int RIP = EventLayout.place(EventKind.NESTED_EXIT, "rip");
        public static final int INFO1 = EventLayout.place(EventKind.NESTED_EXIT, "info1");
        public static final int INFO2 = EventLayout.place(EventKind.NESTED_EXIT, "info2");
        public static final int INTR_INFO = EventLayout.place(EventKind.NESTED_EXIT, "intrInfo");
        public static final int ERROR_CODE = EventLayout.place(EventKind.NESTED_EXIT, "errorCode");
        public static final int REQUESTS = EventLayout.place(EventKind.NESTED_EXIT, "requests");

        private NestedExit() {}
    }

    /** Fields of {@link EventKind#NESTED_EXIT_REFLECTED}. */
    public static final class NestedExitReflected {
        public static final int EXIT_REASON = EventLayout.place(EventKind.NESTED_EXIT_REFLECTED, "exitReason");
        public static final int ISA = EventLayout.place(EventKind.NESTED_EXIT_REFLECTED, "isa");
        public static final int INFO1 = EventLayout.place(EventKind.NESTED_EXIT_REFLECTED, "info1");
        public static final int INFO2 = EventLayout.place(EventKind.NESTED_EXIT_REFLECTED, "info2");
        public static final int INT_INFO = EventLayout.place(EventKind.NESTED_EXIT_REFLECTED, "intInfo");
        public static final int INT_INFO_ERR = EventLayout.place(EventKind.NESTED_EXIT_REFLECTED, "intInfoErr");

        private NestedExitReflected() {}
    }

    /** Fields of {@link EventKind#NESTED_INTERCEPTS}. */
    public static final class NestedIntercepts {
        public static final int CR_READ = EventLayout.place(EventKind.NESTED_INTERCEPTS, "crRead");
        public static final int CR_WRITE = EventLayout.place(EventKind.NESTED_INTERCEPTS, "crWrite");
        public static final int EXCEPTIONS = EventLayout.place(EventKind.NESTED_INTERCEPTS, "exceptions");
        public static final int INTERCEPT1 = EventLayout.place(EventKind.NESTED_INTERCEPTS, "intercept1");
        public static final int INTERCEPT2 = EventLayout.place(EventKind.NESTED_INTERCEPTS, "intercept2");
        public static final int INTERCEPT3 = EventLayout.place(EventKind.NESTED_INTERCEPTS, "intercept3");

        private NestedIntercepts() {}
    }

    /** Fields of {@link EventKind#NESTED_ENTRY_FAILED}. */
    public static final class NestedEntryFailed {
        public static final int MESSAGE = EventLayout.place(EventKind.NESTED_ENTRY_FAILED, "message");

        private NestedEntryFailed() {}
    }

    /** Fields of {@link EventKind#USERSPACE_EXIT}. */
    public static final class UserspaceExit {
        public static final int REASON = EventLayout.place(EventKind.USERSPACE_EXIT, "reason");
        public static final int ERRNO = EventLayout.place(EventKind.USERSPACE_EXIT, "errno");

        private UserspaceExit() {}
    }

    /** Fields of {@link EventKind#PORT_IO}. */
    public static final class PortIo {
        public static final int WRITE = EventLayout.place(EventKind.PORT_IO, "write");
        public static final int PORT = EventLayout.place(EventKind.PORT_IO, "port");
        public static final int SIZE = EventLayout.place(EventKind.PORT_IO, "size");
        public static final int REPEAT = EventLayout.place(EventKind.PORT_IO, "repeat");
        public static final int VAL = EventLayout.place(EventKind.PORT_IO, "val");

        private PortIo() {}
    }

    /** Fields of {@link EventKind#MMIO}. */
    public static final class Mmio {
        public static final int TYPE = EventLayout.place(EventKind.MMIO, "type");
        public static final int LEN = EventLayout.place(EventKind.MMIO, "len");
        public static final int GPA = EventLayout.place(EventKind.MMIO, "gpa");
        public static final int VAL = EventLayout.place(EventKind.MMIO, "val");

        private Mmio() {}
    }

    /** Fields of {@link EventKind#PAGE_FAULT}. */
    public static final class PageFault {
        public static final int RIP = EventLayout.place(EventKind.PAGE_FAULT, "rip");
        public static final int ADDRESS = EventLayout.place(EventKind.PAGE_FAULT, "address");
        public static final int ERROR_CODE = EventLayout.place(EventKind.PAGE_FAULT, "errorCode");

        private PageFault() {}
    }

    /** Fields of {@link EventKind#CPUID_EXECUTED}. */
    public static final class CpuidExecuted {
        public static final int FUNC = EventLayout.place(EventKind.CPUID_EXECUTED, "func");
        public static final int IDX = EventLayout.place(EventKind.CPUID_EXECUTED, "idx");
        public static final int RAX = EventLayout.place(EventKind.CPUID_EXECUTED, "rax");
        public static final int RBX = EventLayout.place(EventKind.CPUID_EXECUTED, "rbx");
        public static final int RCX = EventLayout.place(EventKind.CPUID_EXECUTED, "rcx");
        public static final int RDX = EventLayout.place(EventKind.CPUID_EXECUTED, "rdx");
        public static final int FOUND = EventLayout.place(EventKind.CPUID_EXECUTED, "found");
        public static final int USED_MAX_BASIC = EventLayout.place(EventKind.CPUID_EXECUTED, "usedMaxBasic");

        private CpuidExecuted() {}
    }

    /** Fields of {@link EventKind#CR_ACCESS}. */
    public static final class CrAccess {
        public static final int WRITE = EventLayout.place(EventKind.CR_ACCESS, "write");
        public static final int CR = EventLayout.place(EventKind.CR_ACCESS, "cr");
        public static final int VAL = EventLayout.place(EventKind.CR_ACCESS, "val");

        private CrAccess() {}
    }

    /** Fields of {@link EventKind#FPU_SWITCH}. */
    public static final class FpuSwitch {
        public static final int LOAD = EventLayout.place(EventKind.FPU_SWITCH, "load");

        private FpuSwitch() {}
    }

    /** Fields of {@link EventKind#XSTATE_EVENT}. */
    public static final class XstateEvent {
        public static final int NAME = EventLayout.place(EventKind.XSTATE_EVENT, "name");
        public static final int FPU = EventLayout.place(EventKind.XSTATE_EVENT, "fpu");
        public static final int LOAD = EventLayout.place(EventKind.XSTATE_EVENT, "load");
        public static final int XFEATURES = EventLayout.place(EventKind.XSTATE_EVENT, "xfeatures");
        public static final int XCOMP_BV = EventLayout.place(EventKind.XSTATE_EVENT, "xcompBv");

        private XstateEvent() {}
    }

    /** Fields of {@link EventKind#HYPERCALL}. */
    public static final class Hypercall {
        public static final int NR = EventLayout.place(EventKind.HYPERCALL, "nr");
        public static final int A0 = EventLayout.place(EventKind.HYPERCALL, "a0");
        public static final int A1 = EventLayout.place(EventKind.HYPERCALL, "a1");
        public static final int A2 = EventLayout.place(EventKind.HYPERCALL, "a2");
        public static final int A3 = EventLayout.place(EventKind.HYPERCALL, "a3");

        private Hypercall() {}
    }

    /** Fields of {@link EventKind#HALT_WAKEUP}. */
    public static final class HaltWakeup {
        public static final int DURATION_NS = EventLayout.place(EventKind.HALT_WAKEUP, "durationNs");
        public static final int WAITED = EventLayout.place(EventKind.HALT_WAKEUP, "waited");
        public static final int VALID = EventLayout.place(EventKind.HALT_WAKEUP, "valid");

        private HaltWakeup() {}
    }

    /** Fields of {@link EventKind#APIC_EVENT}. */
    public static final class ApicEvent {
        public static final int WRITE = EventLayout.place(EventKind.APIC_EVENT, "write");
        public static final int REGISTER = EventLayout.place(EventKind.APIC_EVENT, "register");
        public static final int VAL = EventLayout.place(EventKind.APIC_EVENT, "val");

        private ApicEvent() {}
    }

    /** Fields of {@link EventKind#SCHED_SWITCH}. */
    public static final class SchedSwitch {
        public static final int PREV_COMM = EventLayout.place(EventKind.SCHED_SWITCH, "prevComm");
        public static final int PREV_PID = EventLayout.place(EventKind.SCHED_SWITCH, "prevPid");
        public static final int PREV_PRIO = EventLayout.place(EventKind.SCHED_SWITCH, "prevPrio");
        public static final int PREV_STATE = EventLayout.place(EventKind.SCHED_SWITCH, "prevState");
        public static final int NEXT_COMM = EventLayout.place(EventKind.SCHED_SWITCH, "nextComm");
        public static final int NEXT_PID = EventLayout.place(EventKind.SCHED_SWITCH, "nextPid");
        public static final int NEXT_PRIO = EventLayout.place(EventKind.SCHED_SWITCH, "nextPrio");
        public static final int THREAD = EventLayout.place(EventKind.SCHED_SWITCH, "thread");

        private SchedSwitch() {}
    }

    /** Fields of {@link EventKind#IRQ_ENTRY}. */
    public static final class IrqEntry {
        public static final int NAME = EventLayout.place(EventKind.IRQ_ENTRY, "name");
        public static final int VECTOR = EventLayout.place(EventKind.IRQ_ENTRY, "vector");

        private IrqEntry() {}
    }

    /** Fields of {@link EventKind#GAP}. */
    public static final class Gap {
        public static final int LOST = EventLayout.place(EventKind.GAP, "lost");
        public static final int REASON = EventLayout.place(EventKind.GAP, "reason");

        private Gap() {}
    }

    /** Fields of {@link EventKind#OTHER_EVENT}. */
    public static final class OtherEvent {
        public static final int NAME = EventLayout.place(EventKind.OTHER_EVENT, "name");
        public static final int TEXT = EventLayout.place(EventKind.OTHER_EVENT, "text");

        private OtherEvent() {}
    }

    /** Fields of {@link EventKind#APIC_IPI}. */
    public static final class ApicIpi {
        public static final int ICR_LOW = EventLayout.place(EventKind.APIC_IPI, "icrLow");
        public static final int DEST_ID = EventLayout.place(EventKind.APIC_IPI, "destId");

        private ApicIpi() {}
    }

    /** Fields of {@link EventKind#APIC_IRQ_ACCEPTED}. */
    public static final class ApicIrqAccepted {
        public static final int APICV = EventLayout.place(EventKind.APIC_IRQ_ACCEPTED, "apicv");
        public static final int APIC_ID = EventLayout.place(EventKind.APIC_IRQ_ACCEPTED, "apicId");
        public static final int DELIVERY_MODE = EventLayout.place(EventKind.APIC_IRQ_ACCEPTED, "deliveryMode");
        public static final int LEVEL = EventLayout.place(EventKind.APIC_IRQ_ACCEPTED, "level");
        public static final int VECTOR = EventLayout.place(EventKind.APIC_IRQ_ACCEPTED, "vector");

        private ApicIrqAccepted() {}
    }

    /** Fields of {@link EventKind#EOI}. */
    public static final class Eoi {
        public static final int PARAVIRTUAL = EventLayout.place(EventKind.EOI, "paravirtual");
        public static final int APIC_ID = EventLayout.place(EventKind.EOI, "apicId");
        public static final int VECTOR = EventLayout.place(EventKind.EOI, "vector");

        private Eoi() {}
    }

    /** Fields of {@link EventKind#SMM_TRANSITION}. */
    public static final class SmmTransition {
        public static final int VCPU = EventLayout.place(EventKind.SMM_TRANSITION, "vcpu");
        public static final int ENTERING = EventLayout.place(EventKind.SMM_TRANSITION, "entering");
        public static final int SMBASE = EventLayout.place(EventKind.SMM_TRANSITION, "smbase");

        private SmmTransition() {}
    }

    /** Fields of {@link EventKind#FAST_MMIO}. */
    public static final class FastMmio {
        public static final int GPA = EventLayout.place(EventKind.FAST_MMIO, "gpa");

        private FastMmio() {}
    }

    /** Fields of {@link EventKind#NESTED_INTERRUPT_EXIT}. */
    public static final class NestedInterruptExit {
        public static final int RIP = EventLayout.place(EventKind.NESTED_INTERRUPT_EXIT, "rip");

        private NestedInterruptExit() {}
    }

    /** Fields of {@link EventKind#PMC_READ}. */
    public static final class PmcRead {
        public static final int COUNTER = EventLayout.place(EventKind.PMC_READ, "counter");
        public static final int VALUE = EventLayout.place(EventKind.PMC_READ, "value");
        public static final int FAILED = EventLayout.place(EventKind.PMC_READ, "failed");

        private PmcRead() {}
    }

    /** Fields of {@link EventKind#EMULATED_INSTRUCTION}. */
    public static final class EmulatedInstruction {
        public static final int CS_BASE = EventLayout.place(EventKind.EMULATED_INSTRUCTION, "csBase");
        public static final int RIP = EventLayout.place(EventKind.EMULATED_INSTRUCTION, "rip");
        public static final int LENGTH = EventLayout.place(EventKind.EMULATED_INSTRUCTION, "length");
        public static final int BYTES = EventLayout.place(EventKind.EMULATED_INSTRUCTION, "bytes");
        public static final int MORE_BYTES = EventLayout.place(EventKind.EMULATED_INSTRUCTION, "moreBytes");
        public static final int MODE = EventLayout.place(EventKind.EMULATED_INSTRUCTION, "mode");
        public static final int FAILED = EventLayout.place(EventKind.EMULATED_INSTRUCTION, "failed");

        private EmulatedInstruction() {}
    }

    /** Fields of {@link EventKind#INTERCEPT_CHANGED}. */
    public static final class InterceptChanged {
        public static final int BITMAP = EventLayout.place(EventKind.INTERCEPT_CHANGED, "bitmap");
        public static final int INDEX = EventLayout.place(EventKind.INTERCEPT_CHANGED, "index");
        public static final int WRITE = EventLayout.place(EventKind.INTERCEPT_CHANGED, "write");
        public static final int INTERCEPTED = EventLayout.place(EventKind.INTERCEPT_CHANGED, "intercepted");

        private InterceptChanged() {}
    }

    /** Fields of {@link EventKind#EXCEPTION_BITMAP_CHANGED}. */
    public static final class ExceptionBitmapChanged {
        public static final int BITMAP = EventLayout.place(EventKind.EXCEPTION_BITMAP_CHANGED, "bitmap");
        public static final int VALUE = EventLayout.place(EventKind.EXCEPTION_BITMAP_CHANGED, "value");

        private ExceptionBitmapChanged() {}
    }

    /** Fields of {@link EventKind#PASSTHROUGH_ACCESS}. */
    public static final class PassthroughAccess {
        public static final int WRITE = EventLayout.place(EventKind.PASSTHROUGH_ACCESS, "write");
        public static final int INDEX = EventLayout.place(EventKind.PASSTHROUGH_ACCESS, "index");
        public static final int DATA = EventLayout.place(EventKind.PASSTHROUGH_ACCESS, "data");
        public static final int FAILED = EventLayout.place(EventKind.PASSTHROUGH_ACCESS, "failed");

        private PassthroughAccess() {}
    }

    /** Fields of {@link EventKind#GUEST_FAULT}. */
    public static final class GuestFault {
        public static final int VECTOR = EventLayout.place(EventKind.GUEST_FAULT, "vector");
        public static final int XFD_ERR = EventLayout.place(EventKind.GUEST_FAULT, "xfdErr");

        private GuestFault() {}
    }
}
