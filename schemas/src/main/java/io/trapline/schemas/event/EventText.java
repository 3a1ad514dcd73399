package io.trapline.schemas.event;

import io.trapline.schemas.event.EventFields.ApicEvent;
import io.trapline.schemas.event.EventFields.ApicIpi;
import io.trapline.schemas.event.EventFields.ApicIrqAccepted;
import io.trapline.schemas.event.EventFields.CpuidExecuted;
import io.trapline.schemas.event.EventFields.CrAccess;
import io.trapline.schemas.event.EventFields.EmulatedInstruction;
import io.trapline.schemas.event.EventFields.Eoi;
import io.trapline.schemas.event.EventFields.ExceptionBitmapChanged;
import io.trapline.schemas.event.EventFields.ExceptionInjected;
import io.trapline.schemas.event.EventFields.FastMmio;
import io.trapline.schemas.event.EventFields.FpuSwitch;
import io.trapline.schemas.event.EventFields.Gap;
import io.trapline.schemas.event.EventFields.GuestFault;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HaltWakeup;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFields.Hypercall;
import io.trapline.schemas.event.EventFields.InterceptChanged;
import io.trapline.schemas.event.EventFields.InterruptInjected;
import io.trapline.schemas.event.EventFields.IrqEntry;
import io.trapline.schemas.event.EventFields.Mmio;
import io.trapline.schemas.event.EventFields.NestedEntry;
import io.trapline.schemas.event.EventFields.NestedEntryFailed;
import io.trapline.schemas.event.EventFields.NestedExit;
import io.trapline.schemas.event.EventFields.NestedExitReflected;
import io.trapline.schemas.event.EventFields.NestedIntercepts;
import io.trapline.schemas.event.EventFields.NestedInterruptExit;
import io.trapline.schemas.event.EventFields.OtherEvent;
import io.trapline.schemas.event.EventFields.PageFault;
import io.trapline.schemas.event.EventFields.PassthroughAccess;
import io.trapline.schemas.event.EventFields.PmcRead;
import io.trapline.schemas.event.EventFields.PortIo;
import io.trapline.schemas.event.EventFields.SchedSwitch;
import io.trapline.schemas.event.EventFields.SmmTransition;
import io.trapline.schemas.event.EventFields.UserspaceExit;
import io.trapline.schemas.event.EventFields.VmEntry;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventFields.XstateEvent;
import io.trapline.schemas.table.ApicRegisters;
import io.trapline.schemas.table.ExceptionVectors;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.schemas.table.InstructionModes;
import io.trapline.schemas.table.InterruptCommand;
import io.trapline.schemas.table.UserspaceExits;

/**
 * An event as the current kernel prints it: {@code name: text}. Fields that the source did not have are left out, so
 * that nothing is printed that was not recorded.
 */
public final class EventText {
    private static final int EINTR = 4;
    private static final int INSTRUCTION_BYTES_MAX = 15;
    private static final String[] MMIO_TYPES = {"unsatisfied-read", "read", "write"};

    private EventText() {}

    /** Name and text, e.g. {@code kvm_fpu: load}. */
    public static String of(EventView event) {
        StringBuilder out = new StringBuilder(160);
        append(out, event);
        return out.toString();
    }

    /** The same into a buffer. */
    public static void append(StringBuilder out, EventView e) {
        switch (e.kind()) {
            case VM_ENTRY -> vmEntry(out, e);
            case VM_EXIT -> vmExit(out.append("kvm_exit: "), e);
            case NESTED_EXIT -> nestedExit(out.append("kvm_nested_vmexit: "), e);
            case NESTED_EXIT_REFLECTED -> nestedExitReflected(out, e);
            case NESTED_ENTRY -> nestedEntry(out, e);
            case NESTED_INTERCEPTS -> nestedIntercepts(out, e);
            case NESTED_ENTRY_FAILED ->
                out.append("kvm_nested_vmenter_failed: ").append(e.text(NestedEntryFailed.MESSAGE));
            case GUEST_MSR_ACCESS -> guestMsrAccess(out, e);
            case HOST_MSR_ACCESS -> hostMsrAccess(out, e);
            case EXCEPTION_INJECTED -> exceptionInjected(out, e);
            case INTERRUPT_INJECTED -> interruptInjected(out, e);
            case USERSPACE_EXIT -> userspaceExit(out, e);
            case PORT_IO -> portIo(out, e);
            case MMIO -> mmio(out, e);
            case PAGE_FAULT -> pageFault(out, e);
            case CPUID_EXECUTED -> cpuidExecuted(out, e);
            case CR_ACCESS -> crAccess(out, e);
            case FPU_SWITCH -> out.append("kvm_fpu: ").append(e.is(FpuSwitch.LOAD) ? "load" : "unload");
            case XSTATE_EVENT -> xstateEvent(out, e);
            case HYPERCALL -> hypercall(out, e);
            case HALT_WAKEUP -> haltWakeup(out, e);
            case APIC_EVENT -> apicEvent(out, e);
            case SCHED_SWITCH -> schedSwitch(out, e);
            case IRQ_ENTRY -> irqEntry(out, e);
            case GAP -> gap(out, e);
            case OTHER_EVENT -> out.append(e.text(OtherEvent.NAME)).append(": ").append(e.text(OtherEvent.TEXT));
            case APIC_IPI -> apicIpi(out, e);
            case APIC_IRQ_ACCEPTED -> apicIrqAccepted(out, e);
            case EOI -> eoi(out, e);
            case SMM_TRANSITION -> smmTransition(out, e);
            case FAST_MMIO -> hex(out.append("kvm_fast_mmio: fast mmio at gpa "), e.get(FastMmio.GPA));
            case NESTED_INTERRUPT_EXIT ->
                hex16(out.append("kvm_nested_intr_vmexit: rip: "), e.get(NestedInterruptExit.RIP));
            case PMC_READ -> pmcRead(out, e);
            case EMULATED_INSTRUCTION -> emulatedInstruction(out, e);
            case INTERCEPT_CHANGED, EXCEPTION_BITMAP_CHANGED, PASSTHROUGH_ACCESS, GUEST_FAULT -> groundTruth(out, e);
            case UNKNOWN ->
                out.append("unknown event of kind ").append(e.columns().code(e.row()));
        }
    }

    /** The interrupts of a CPU's own vectors have a tracepoint each, the others share one. */
    private static void irqEntry(StringBuilder out, EventView e) {
        String name = e.text(IrqEntry.NAME);
        if (name.endsWith("_entry")) {
            out.append(name).append(": vector=").append(e.get(IrqEntry.VECTOR));
        } else {
            out.append("irq_handler_entry: irq=")
                    .append(e.get(IrqEntry.VECTOR))
                    .append(" name=")
                    .append(name);
        }
    }

    private static void vmEntry(StringBuilder out, EventView e) {
        out.append("kvm_entry: vcpu ").append(e.columns().stream().vcpu());
        if (e.has(VmEntry.RIP)) {
            hex(out.append(", rip "), e.get(VmEntry.RIP));
        }
        if (e.has(VmEntry.INTR_INFO)) {
            hex8(out.append(" intr_info "), e.get(VmEntry.INTR_INFO));
        }
        if (e.has(VmEntry.ERROR_CODE)) {
            hex8(out.append(" error_code "), e.get(VmEntry.ERROR_CODE));
        }
        if (e.is(VmEntry.IMMEDIATE_EXIT)) {
            out.append("[immediate exit]");
        }
    }

    private static void vmExit(StringBuilder out, EventView e) {
        exitLine(out, e, VmExit.EXIT_REASON, VmExit.ISA, VmExit.RIP);
        exitDetails(out, e, VmExit.INFO1, VmExit.INTR_INFO, VmExit.ERROR_CODE, VmExit.REQUESTS);
    }

    private static void nestedExit(StringBuilder out, EventView e) {
        exitLine(out, e, NestedExit.EXIT_REASON, NestedExit.ISA, NestedExit.RIP);
        exitDetails(out, e, NestedExit.INFO1, NestedExit.INTR_INFO, NestedExit.ERROR_CODE, NestedExit.REQUESTS);
    }

    private static void exitLine(StringBuilder out, EventView e, int reason, int isa, int rip) {
        out.append("vcpu ").append(e.columns().stream().vcpu()).append(" reason ");
        out.append(ExitReasons.name((int) e.get(isa), e.get(reason)));
        hex(out.append(" rip "), e.get(rip));
    }

    private static void exitDetails(
            StringBuilder out, EventView e, int info1, int intrInfo, int errorCode, int requests) {
        hex16(out.append(" info1 "), e.get(info1));
        hex16(out.append(" info2 "), e.get(info1 + 1));
        if (e.has(intrInfo)) {
            hex8(out.append(" intr_info "), e.get(intrInfo));
        }
        if (e.has(errorCode)) {
            hex8(out.append(" error_code "), e.get(errorCode));
        }
        if (e.has(requests)) {
            hex16(out.append(" requests "), e.get(requests));
        }
    }

    private static void nestedExitReflected(StringBuilder out, EventView e) {
        out.append("kvm_nested_vmexit_inject: reason: ");
        out.append(ExitReasons.name((int) e.get(NestedExitReflected.ISA), e.get(NestedExitReflected.EXIT_REASON)));
        hex16(out.append(" ext_inf1: "), e.get(NestedExitReflected.INFO1));
        hex16(out.append(" ext_inf2: "), e.get(NestedExitReflected.INFO2));
        hex8(out.append(" ext_int: "), e.get(NestedExitReflected.INT_INFO));
        hex8(out.append(" ext_int_err: "), e.get(NestedExitReflected.INT_INFO_ERR));
    }

    private static void nestedEntry(StringBuilder out, EventView e) {
        boolean vmx = e.get(NestedEntry.ISA) == ExitReasons.VMX;
        hex16(out.append("kvm_nested_vmenter: rip: "), e.get(NestedEntry.RIP));
        hex16(out.append(vmx ? " vmcs: " : " vmcb: "), e.get(NestedEntry.VMCB));
        hex16(out.append(" nested_rip: "), e.get(NestedEntry.NESTED_RIP));
        hex8(out.append(" int_ctl: "), e.get(NestedEntry.INT_CTL));
        hex8(out.append(" event_inj: "), e.get(NestedEntry.EVENT_INJ));
        boolean tdp = e.is(NestedEntry.TDP_ENABLED);
        out.append(vmx ? " nested_ept=" : " nested_npt=").append(tdp ? 'y' : 'n');
        if (e.has(NestedEntry.GUEST_PGD)) {
            String pgd = !tdp ? " guest_cr3: " : vmx ? " nested_eptp: " : " nested_cr3: ";
            hex16(out.append(pgd), e.get(NestedEntry.GUEST_PGD));
        }
    }

    private static void nestedIntercepts(StringBuilder out, EventView e) {
        out.append("kvm_nested_intercepts: cr_read: ").append(padded(e.get(NestedIntercepts.CR_READ), 4));
        out.append(" cr_write: ").append(padded(e.get(NestedIntercepts.CR_WRITE), 4));
        out.append(" excp: ").append(padded(e.get(NestedIntercepts.EXCEPTIONS), 8));
        out.append(" intercepts: ").append(padded(e.get(NestedIntercepts.INTERCEPT1), 8));
        out.append(' ').append(padded(e.get(NestedIntercepts.INTERCEPT2), 8));
        if (e.has(NestedIntercepts.INTERCEPT3)) {
            out.append(' ').append(padded(e.get(NestedIntercepts.INTERCEPT3), 8));
        }
    }

    private static void guestMsrAccess(StringBuilder out, EventView e) {
        out.append("kvm_msr: msr_").append(e.is(GuestMsrAccess.WRITE) ? "write " : "read ");
        out.append(Long.toHexString(e.get(GuestMsrAccess.INDEX)));
        hex(out.append(" = "), e.get(GuestMsrAccess.DATA));
        out.append(e.is(GuestMsrAccess.FAILED) ? " (#GP)" : "");
    }

    private static void hostMsrAccess(StringBuilder out, EventView e) {
        out.append(e.is(HostMsrAccess.WRITE) ? "write_msr: " : "read_msr: ");
        out.append(Long.toHexString(e.get(HostMsrAccess.INDEX)));
        out.append(", value ").append(Long.toHexString(e.get(HostMsrAccess.VALUE)));
        out.append(e.is(HostMsrAccess.FAILED) ? " #GP" : "");
    }

    private static void exceptionInjected(StringBuilder out, EventView e) {
        out.append("kvm_inj_exception: ").append(ExceptionVectors.name((int) e.get(ExceptionInjected.VECTOR)));
        if (e.has(ExceptionInjected.ERROR_CODE)) {
            hex(out.append(" ("), e.get(ExceptionInjected.ERROR_CODE));
            out.append(')');
        }
        out.append(e.is(ExceptionInjected.REINJECTED) ? " [reinjected]" : "");
    }

    private static void interruptInjected(StringBuilder out, EventView e) {
        out.append("kvm_inj_virq: ").append(e.is(InterruptInjected.SOFT) ? "Soft/INTn " : "IRQ ");
        hex(out, e.get(InterruptInjected.VECTOR));
        out.append(e.is(InterruptInjected.REINJECTED) ? " [reinjected]" : "");
    }

    private static void userspaceExit(StringBuilder out, EventView e) {
        long errno = e.get(UserspaceExit.ERRNO);
        out.append("kvm_userspace_exit: reason ");
        if (errno != 0) {
            out.append(errno == EINTR ? "restart" : "error").append(" (").append(errno);
        } else {
            long reason = e.get(UserspaceExit.REASON);
            out.append(UserspaceExits.name(reason)).append(" (").append(reason);
        }
        out.append(')');
    }

    private static void portIo(StringBuilder out, EventView e) {
        out.append("kvm_pio: pio_").append(e.is(PortIo.WRITE) ? "write" : "read");
        hex(out.append(" at "), e.get(PortIo.PORT));
        out.append(" size ").append(e.get(PortIo.SIZE));
        out.append(" count ").append(e.get(PortIo.REPEAT));
        hex(out.append(" val "), e.get(PortIo.VAL));
        out.append(e.get(PortIo.REPEAT) > 1 ? " (...)" : "");
    }

    private static void mmio(StringBuilder out, EventView e) {
        int type = (int) e.get(Mmio.TYPE);
        out.append("kvm_mmio: mmio ");
        out.append(type >= 0 && type < MMIO_TYPES.length ? MMIO_TYPES[type] : "0x" + Integer.toHexString(type));
        out.append(" len ").append(e.get(Mmio.LEN));
        hex(out.append(" gpa "), e.get(Mmio.GPA));
        hex(out.append(" val "), e.get(Mmio.VAL));
    }

    private static void pageFault(StringBuilder out, EventView e) {
        out.append("kvm_page_fault: ");
        if (e.has(PageFault.RIP)) {
            out.append("vcpu ").append(e.columns().stream().vcpu());
            hex(out.append(" rip "), e.get(PageFault.RIP));
            out.append(' ');
        }
        hex16(out.append("address "), e.get(PageFault.ADDRESS));
        hex(out.append(" error_code "), e.get(PageFault.ERROR_CODE));
    }

    private static void cpuidExecuted(StringBuilder out, EventView e) {
        out.append("kvm_cpuid: func ").append(Long.toHexString(e.get(CpuidExecuted.FUNC)));
        if (e.has(CpuidExecuted.IDX)) {
            out.append(" idx ").append(Long.toHexString(e.get(CpuidExecuted.IDX)));
        }
        out.append(" rax ").append(Long.toHexString(e.get(CpuidExecuted.RAX)));
        out.append(" rbx ").append(Long.toHexString(e.get(CpuidExecuted.RBX)));
        out.append(" rcx ").append(Long.toHexString(e.get(CpuidExecuted.RCX)));
        out.append(" rdx ").append(Long.toHexString(e.get(CpuidExecuted.RDX)));
        out.append(", cpuid entry ").append(e.is(CpuidExecuted.FOUND) ? "found" : "not found");
        out.append(e.is(CpuidExecuted.USED_MAX_BASIC) ? ", used max basic" : "");
    }

    private static void crAccess(StringBuilder out, EventView e) {
        out.append("kvm_cr: cr_").append(e.is(CrAccess.WRITE) ? "write " : "read ");
        out.append(Long.toHexString(e.get(CrAccess.CR)));
        hex(out.append(" = "), e.get(CrAccess.VAL));
    }

    private static void xstateEvent(StringBuilder out, EventView e) {
        out.append("x86_fpu_").append(e.text(XstateEvent.NAME)).append(": x86/fpu: ");
        out.append(padded(e.get(XstateEvent.FPU), 16));
        out.append(" load: ").append(e.get(XstateEvent.LOAD));
        out.append(" xfeatures: ").append(Long.toHexString(e.get(XstateEvent.XFEATURES)));
        out.append(" xcomp_bv: ").append(Long.toHexString(e.get(XstateEvent.XCOMP_BV)));
    }

    private static void hypercall(StringBuilder out, EventView e) {
        hex(out.append("kvm_hypercall: nr "), e.get(Hypercall.NR));
        hex(out.append(" a0 "), e.get(Hypercall.A0));
        hex(out.append(" a1 "), e.get(Hypercall.A1));
        hex(out.append(" a2 "), e.get(Hypercall.A2));
        hex(out.append(" a3 "), e.get(Hypercall.A3));
    }

    private static void haltWakeup(StringBuilder out, EventView e) {
        out.append("kvm_vcpu_wakeup: ").append(e.is(HaltWakeup.WAITED) ? "wait" : "poll");
        out.append(" time ").append(e.get(HaltWakeup.DURATION_NS));
        out.append(" ns, polling ").append(e.is(HaltWakeup.VALID) ? "valid" : "invalid");
    }

    private static void apicEvent(StringBuilder out, EventView e) {
        out.append("kvm_apic: apic_").append(e.is(ApicEvent.WRITE) ? "write " : "read ");
        out.append(ApicRegisters.name((int) e.get(ApicEvent.REGISTER)));
        hex(out.append(" = "), e.get(ApicEvent.VAL));
    }

    private static void schedSwitch(StringBuilder out, EventView e) {
        out.append("sched_switch: prev_comm=").append(e.text(SchedSwitch.PREV_COMM));
        out.append(" prev_pid=").append(e.get(SchedSwitch.PREV_PID));
        out.append(" prev_prio=").append(e.get(SchedSwitch.PREV_PRIO));
        out.append(" prev_state=").append(e.text(SchedSwitch.PREV_STATE));
        out.append(" ==> next_comm=").append(e.text(SchedSwitch.NEXT_COMM));
        out.append(" next_pid=").append(e.get(SchedSwitch.NEXT_PID));
        out.append(" next_prio=").append(e.get(SchedSwitch.NEXT_PRIO));
    }

    private static void gap(StringBuilder out, EventView e) {
        out.append("[LOST ");
        if (e.has(Gap.LOST)) {
            out.append(e.get(Gap.LOST)).append(' ');
        }
        out.append("EVENTS] ").append(e.text(Gap.REASON));
    }

    private static void apicIpi(StringBuilder out, EventView e) {
        long icr = e.get(ApicIpi.ICR_LOW);
        out.append("kvm_apic_ipi: dst ").append(Long.toHexString(e.get(ApicIpi.DEST_ID)));
        out.append(" vec ").append(InterruptCommand.vector(icr));
        out.append(" (").append(InterruptCommand.deliveryModeName(InterruptCommand.deliveryMode(icr)));
        out.append(InterruptCommand.isLogical(icr) ? "|logical" : "|physical");
        out.append(InterruptCommand.isAssert(icr) ? "|assert" : "|de-assert");
        out.append(InterruptCommand.isLevel(icr) ? "|level|" : "|edge|");
        out.append(InterruptCommand.shorthandName(InterruptCommand.shorthand(icr)));
        out.append(')');
    }

    private static void apicIrqAccepted(StringBuilder out, EventView e) {
        out.append(e.is(ApicIrqAccepted.APICV) ? "kvm_apicv_accept_irq" : "kvm_apic_accept_irq");
        out.append(": apicid ").append(Long.toHexString(e.get(ApicIrqAccepted.APIC_ID)));
        out.append(" vec ").append(e.get(ApicIrqAccepted.VECTOR));
        out.append(" (").append(InterruptCommand.deliveryModeName((int) e.get(ApicIrqAccepted.DELIVERY_MODE)));
        out.append(e.is(ApicIrqAccepted.LEVEL) ? "|level)" : "|edge)");
    }

    private static void eoi(StringBuilder out, EventView e) {
        out.append(e.is(Eoi.PARAVIRTUAL) ? "kvm_pv_eoi: " : "kvm_eoi: ");
        out.append("apicid ").append(Long.toHexString(e.get(Eoi.APIC_ID)));
        out.append(" vector ").append(e.get(Eoi.VECTOR));
    }

    private static void smmTransition(StringBuilder out, EventView e) {
        out.append("kvm_smm_transition: vcpu ").append(e.get(SmmTransition.VCPU));
        out.append(e.is(SmmTransition.ENTERING) ? ": entering" : ": leaving");
        hex(out.append(" SMM, smbase "), e.get(SmmTransition.SMBASE));
    }

    private static void pmcRead(StringBuilder out, EventView e) {
        out.append("rdpmc: ").append(Long.toHexString(e.get(PmcRead.COUNTER)));
        out.append(", value ").append(Long.toHexString(e.get(PmcRead.VALUE)));
        out.append(e.is(PmcRead.FAILED) ? " #GP" : "");
    }

    private static void emulatedInstruction(StringBuilder out, EventView e) {
        out.append("kvm_emulate_insn: ").append(Long.toHexString(e.get(EmulatedInstruction.CS_BASE)));
        out.append(':').append(Long.toHexString(e.get(EmulatedInstruction.RIP))).append(':');
        long length = Math.min(INSTRUCTION_BYTES_MAX, e.get(EmulatedInstruction.LENGTH));
        for (int i = 0; i < length; i++) {
            out.append(i == 0 ? "" : " ").append(padded(instructionByte(e, i), 2));
        }
        if (e.has(EmulatedInstruction.MODE)) {
            out.append(" (").append(InstructionModes.name((int) e.get(EmulatedInstruction.MODE)));
            out.append(')');
        }
        out.append(e.is(EmulatedInstruction.FAILED) ? " failed" : "");
    }

    private static long instructionByte(EventView e, int index) {
        long eight = e.get(index < Long.BYTES ? EmulatedInstruction.BYTES : EmulatedInstruction.MORE_BYTES);
        return eight >>> index % Long.BYTES * Byte.SIZE & 0xff;
    }

    private static void groundTruth(StringBuilder out, EventView e) {
        switch (e.kind()) {
            case INTERCEPT_CHANGED -> {
                out.append("intercept_changed: ")
                        .append(vmcs(e.get(InterceptChanged.BITMAP)))
                        .append(" msr ");
                out.append(Long.toHexString(e.get(InterceptChanged.INDEX)));
                out.append(e.is(InterceptChanged.WRITE) ? " write " : " read ");
                out.append(e.is(InterceptChanged.INTERCEPTED) ? "intercepted" : "passed through");
            }
            case EXCEPTION_BITMAP_CHANGED -> {
                out.append("exception_bitmap_changed: ").append(vmcs(e.get(ExceptionBitmapChanged.BITMAP)));
                hex8(out.append(" value "), e.get(ExceptionBitmapChanged.VALUE));
            }
            case PASSTHROUGH_ACCESS -> {
                out.append("passthrough_access: msr_").append(e.is(PassthroughAccess.WRITE) ? "write " : "read ");
                out.append(Long.toHexString(e.get(PassthroughAccess.INDEX)));
                hex(out.append(" = "), e.get(PassthroughAccess.DATA));
                out.append(e.is(PassthroughAccess.FAILED) ? " (#GP)" : "");
            }
            case GUEST_FAULT -> {
                out.append("guest_fault: ").append(ExceptionVectors.name((int) e.get(GuestFault.VECTOR)));
                if (e.has(GuestFault.XFD_ERR)) {
                    hex(out.append(" xfd_err "), e.get(GuestFault.XFD_ERR));
                }
            }
            default -> throw new IllegalArgumentException(e.kind() + " is no ground truth");
        }
    }

    private static String vmcs(long bitmap) {
        return bitmap == 1 ? "vmcs01" : "vmcs02";
    }

    private static void hex(StringBuilder out, long value) {
        out.append("0x").append(Long.toHexString(value));
    }

    private static void hex8(StringBuilder out, long value) {
        out.append("0x").append(padded(value & 0xffff_ffffL, 8));
    }

    private static void hex16(StringBuilder out, long value) {
        out.append("0x").append(padded(value, 16));
    }

    private static String padded(long value, int digits) {
        String hex = Long.toHexString(value);
        return hex.length() >= digits ? hex : "0".repeat(digits - hex.length()) + hex;
    }
}
