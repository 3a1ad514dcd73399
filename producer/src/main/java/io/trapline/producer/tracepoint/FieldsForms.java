package io.trapline.producer.tracepoint;

import io.trapline.producer.line.NameTable;
import io.trapline.schemas.event.EventFields.ApicEvent;
import io.trapline.schemas.event.EventFields.ApicIpi;
import io.trapline.schemas.event.EventFields.ApicIrqAccepted;
import io.trapline.schemas.event.EventFields.CpuidExecuted;
import io.trapline.schemas.event.EventFields.CrAccess;
import io.trapline.schemas.event.EventFields.EmulatedInstruction;
import io.trapline.schemas.event.EventFields.Eoi;
import io.trapline.schemas.event.EventFields.ExceptionInjected;
import io.trapline.schemas.event.EventFields.FastMmio;
import io.trapline.schemas.event.EventFields.FpuSwitch;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HaltWakeup;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFields.Hypercall;
import io.trapline.schemas.event.EventFields.InterruptInjected;
import io.trapline.schemas.event.EventFields.Mmio;
import io.trapline.schemas.event.EventFields.NestedEntry;
import io.trapline.schemas.event.EventFields.NestedExit;
import io.trapline.schemas.event.EventFields.NestedExitReflected;
import io.trapline.schemas.event.EventFields.NestedIntercepts;
import io.trapline.schemas.event.EventFields.NestedInterruptExit;
import io.trapline.schemas.event.EventFields.PageFault;
import io.trapline.schemas.event.EventFields.PmcRead;
import io.trapline.schemas.event.EventFields.PortIo;
import io.trapline.schemas.event.EventFields.SmmTransition;
import io.trapline.schemas.event.EventFields.UserspaceExit;
import io.trapline.schemas.event.EventFields.VmEntry;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.schemas.table.InterruptCommand;

/** The fields of each tracepoint as the kernel names them in its format files, and where they go. */
final class FieldsForms {
    private FieldsForms() {}

    /** A new table. */
    static NameTable<EventParser> table() {
        NameTable<EventParser> table = new NameTable<>();
        runLoop(table);
        nested(table);
        msrs(table);
        injections(table);
        io(table);
        instructions(table);
        return table;
    }

    private static void runLoop(NameTable<EventParser> table) {
        table.put(
                "kvm_entry",
                new FieldsForm(EventKind.VM_ENTRY)
                        .decimal("vcpu_id", (draft, value) -> draft.vcpu((int) value))
                        .newer("rip", true, (draft, value) -> {
                            draft.set(VmEntry.RIP, value);
                            draft.mark(FormatMark.ENTRY_OF_5_10);
                        })
                        .newer("immediate_exit", false, (draft, value) -> draft.set(VmEntry.IMMEDIATE_EXIT, value != 0))
                        .newer("intr_info", true, (draft, value) -> {
                            draft.set(VmEntry.INTR_INFO, value);
                            draft.mark(FormatMark.ENTRY_WITH_INTR_INFO);
                        })
                        .newer("error_code", true, (draft, value) -> draft.set(VmEntry.ERROR_CODE, value)));
        table.put(
                "kvm_exit",
                new FieldsForm(EventKind.VM_EXIT)
                        .decimal("exit_reason", VmExit.EXIT_REASON)
                        .hex("guest_rip", VmExit.RIP)
                        .decimal("isa", (draft, value) -> isa(draft, VmExit.ISA, value))
                        .hex("info1", VmExit.INFO1)
                        .hex("info2", VmExit.INFO2)
                        .newer("intr_info", true, (draft, value) -> {
                            draft.set(VmExit.INTR_INFO, value);
                            draft.mark(FormatMark.EXIT_OF_5_10);
                        })
                        .newer("error_code", true, (draft, value) -> draft.set(VmExit.ERROR_CODE, value))
                        .newer("vcpu_id", false, (draft, value) -> draft.vcpu((int) value))
                        .newer("requests", true, (draft, value) -> {
                            draft.set(VmExit.REQUESTS, value);
                            draft.mark(FormatMark.EXIT_WITH_REQUESTS);
                        }));
        table.put(
                "kvm_userspace_exit",
                new FieldsForm(EventKind.USERSPACE_EXIT)
                        .decimal("reason", EventDraft::keep)
                        .decimal("errno", (draft, value) -> {
                            // A signed int, which the option "fields" prints as hexadecimal of its 32 bits.
                            int errno = (int) value;
                            draft.set(UserspaceExit.ERRNO, errno < 0 ? -errno : 0);
                            draft.hasKept(errno >= 0);
                        })
                        .whole((draft, present) -> draft.setKept(UserspaceExit.REASON)));
    }

    private static void isa(EventDraft draft, int slot, long isa) {
        draft.set(slot, isa);
        if (isa == ExitReasons.VMX || isa == ExitReasons.SVM) {
            draft.isaSeen((int) isa);
        }
    }

    private static void nested(NameTable<EventParser> table) {
        table.put(
                "kvm_nested_vmexit",
                new FieldsForm(EventKind.NESTED_EXIT)
                        .decimal("exit_reason", NestedExit.EXIT_REASON)
                        .hex("guest_rip", NestedExit.RIP)
                        .decimal("isa", (draft, value) -> isa(draft, NestedExit.ISA, value))
                        .hex("info1", NestedExit.INFO1)
                        .hex("info2", NestedExit.INFO2)
                        .hex("intr_info", NestedExit.INTR_INFO)
                        .hex("error_code", NestedExit.ERROR_CODE)
                        .decimal("vcpu_id", (draft, value) -> draft.names((int) value))
                        .newer("requests", true, (draft, value) -> draft.set(NestedExit.REQUESTS, value)));
        table.put(
                "kvm_nested_vmexit_inject",
                new FieldsForm(EventKind.NESTED_EXIT_REFLECTED)
                        .decimal("exit_code", NestedExitReflected.EXIT_REASON)
                        .hex("exit_info1", NestedExitReflected.INFO1)
                        .hex("exit_info2", NestedExitReflected.INFO2)
                        .hex("exit_int_info", NestedExitReflected.INT_INFO)
                        .hex("exit_int_info_err", NestedExitReflected.INT_INFO_ERR)
                        .decimal("isa", (draft, value) -> isa(draft, NestedExitReflected.ISA, value)));
        table.put(
                "kvm_nested_vmenter",
                nestedEntry()
                        .flag("tdp_enabled", NestedEntry.TDP_ENABLED)
                        .hex("guest_pgd", NestedEntry.GUEST_PGD)
                        .decimal("isa", (draft, value) -> isa(draft, NestedEntry.ISA, value)));
        table.put(
                "kvm_nested_vmrun",
                nestedEntry()
                        .flag("npt", NestedEntry.TDP_ENABLED)
                        .whole((draft, present) -> isa(draft, NestedEntry.ISA, ExitReasons.SVM)));
        table.put(
                "kvm_nested_intr_vmexit",
                new FieldsForm(EventKind.NESTED_INTERRUPT_EXIT).hex("rip", NestedInterruptExit.RIP));
        table.put(
                "kvm_nested_intercepts",
                new FieldsForm(EventKind.NESTED_INTERCEPTS)
                        .hex("cr_read", NestedIntercepts.CR_READ)
                        .hex("cr_write", NestedIntercepts.CR_WRITE)
                        .hex("exceptions", NestedIntercepts.EXCEPTIONS)
                        .hex("intercept1", NestedIntercepts.INTERCEPT1)
                        .hex("intercept2", NestedIntercepts.INTERCEPT2)
                        .hex("intercept3", NestedIntercepts.INTERCEPT3));
    }

    private static FieldsForm nestedEntry() {
        return new FieldsForm(EventKind.NESTED_ENTRY)
                .hex("rip", NestedEntry.RIP)
                .hex("vmcb", NestedEntry.VMCB)
                .hex("nested_rip", NestedEntry.NESTED_RIP)
                .hex("int_ctl", NestedEntry.INT_CTL)
                .hex("event_inj", NestedEntry.EVENT_INJ);
    }

    private static void msrs(NameTable<EventParser> table) {
        table.put(
                "kvm_msr",
                new FieldsForm(EventKind.GUEST_MSR_ACCESS)
                        .flag("write", GuestMsrAccess.WRITE)
                        .hex("ecx", GuestMsrAccess.INDEX)
                        .hex("data", GuestMsrAccess.DATA)
                        .flag("exception", GuestMsrAccess.FAILED));
        table.put(
                "rdpmc",
                new FieldsForm(EventKind.PMC_READ)
                        .hex("msr", PmcRead.COUNTER)
                        .hex("val", PmcRead.VALUE)
                        .flag("failed", PmcRead.FAILED));
        table.put("read_msr", hostMsr(false));
        table.put("write_msr", hostMsr(true));
    }

    private static FieldsForm hostMsr(boolean write) {
        return new FieldsForm(EventKind.HOST_MSR_ACCESS)
                .hex("msr", HostMsrAccess.INDEX)
                .hex("val", HostMsrAccess.VALUE)
                .flag("failed", HostMsrAccess.FAILED)
                .whole((draft, present) -> draft.set(HostMsrAccess.WRITE, write));
    }

    private static void injections(NameTable<EventParser> table) {
        table.put(
                "kvm_inj_exception",
                new FieldsForm(EventKind.EXCEPTION_INJECTED)
                        .decimal("exception", ExceptionInjected.VECTOR)
                        .hex("error_code", EventDraft::keep)
                        .decimal("has_error", (draft, value) -> draft.hasKept(value != 0))
                        .newerFlag("reinjected", ExceptionInjected.REINJECTED)
                        .whole((draft, present) -> draft.setKept(ExceptionInjected.ERROR_CODE)));
        table.put(
                "kvm_inj_virq",
                new FieldsForm(EventKind.INTERRUPT_INJECTED)
                        .newer("vector", true, (draft, value) -> {
                            draft.set(InterruptInjected.VECTOR, value);
                            draft.mark(FormatMark.INTERRUPT_TYPED);
                        })
                        .newer("irq", false, (draft, value) -> {
                            draft.set(InterruptInjected.VECTOR, value);
                            draft.mark(FormatMark.INTERRUPT_DECIMAL);
                        })
                        .newer("soft", false, (draft, value) -> draft.set(InterruptInjected.SOFT, value))
                        .newerFlag("reinjected", InterruptInjected.REINJECTED));
    }

    private static void io(NameTable<EventParser> table) {
        table.put(
                "kvm_pio",
                new FieldsForm(EventKind.PORT_IO)
                        .flag("rw", PortIo.WRITE)
                        .hex("port", PortIo.PORT)
                        .decimal("size", PortIo.SIZE)
                        .decimal("count", PortIo.REPEAT)
                        .hex("val", PortIo.VAL));
        table.put(
                "kvm_mmio",
                new FieldsForm(EventKind.MMIO)
                        .decimal("type", Mmio.TYPE)
                        .decimal("len", Mmio.LEN)
                        .hex("gpa", Mmio.GPA)
                        .hex("val", Mmio.VAL));
        table.put(
                "kvm_page_fault",
                new FieldsForm(EventKind.PAGE_FAULT)
                        .newer("vcpu_id", false, (draft, value) -> {
                            draft.names((int) value);
                            draft.mark(FormatMark.PAGE_FAULT_WITH_VCPU);
                        })
                        .newer("guest_rip", true, (draft, value) -> draft.set(PageFault.RIP, value))
                        .hex("fault_address", PageFault.ADDRESS)
                        .hex("error_code", PageFault.ERROR_CODE));
        table.put("kvm_fast_mmio", new FieldsForm(EventKind.FAST_MMIO).hex("gpa", FastMmio.GPA));
        table.put(
                "kvm_apic_ipi",
                new FieldsForm(EventKind.APIC_IPI)
                        .wholeInHex("icr_low", ApicIpi.ICR_LOW)
                        .hex("dest_id", ApicIpi.DEST_ID));
        table.put("kvm_apic_accept_irq", accepted(false));
        table.put("kvm_apicv_accept_irq", accepted(true));
        table.put("kvm_eoi", eoi(false));
        table.put("kvm_pv_eoi", eoi(true));
        table.put(
                "kvm_apic",
                new FieldsForm(EventKind.APIC_EVENT)
                        .flag("rw", ApicEvent.WRITE)
                        .decimal("reg", ApicEvent.REGISTER)
                        .hex("val", ApicEvent.VAL));
    }

    private static FieldsForm accepted(boolean apicv) {
        return new FieldsForm(EventKind.APIC_IRQ_ACCEPTED)
                .hex("apicid", ApicIrqAccepted.APIC_ID)
                .decimal("dm", EventDraft::keep)
                .decimal("tm", (draft, value) -> draft.set(ApicIrqAccepted.LEVEL, value != 0))
                .decimal("vec", ApicIrqAccepted.VECTOR)
                .whole((draft, present) -> {
                    // The tracepoint has it where the interrupt command has it.
                    draft.set(ApicIrqAccepted.DELIVERY_MODE, InterruptCommand.deliveryMode(draft.kept()));
                    draft.set(ApicIrqAccepted.APICV, apicv);
                });
    }

    private static FieldsForm eoi(boolean paravirtual) {
        return new FieldsForm(EventKind.EOI)
                .hex("apicid", Eoi.APIC_ID)
                // A signed int, as errno above.
                .decimal("vector", (draft, value) -> draft.set(Eoi.VECTOR, (int) value))
                .whole((draft, present) -> draft.set(Eoi.PARAVIRTUAL, paravirtual));
    }

    private static FieldsForm smm() {
        return new FieldsForm(EventKind.SMM_TRANSITION)
                .decimal("vcpu_id", (draft, value) -> {
                    draft.names((int) value);
                    draft.set(SmmTransition.VCPU, value);
                })
                .flag("entering", SmmTransition.ENTERING)
                .hex("smbase", SmmTransition.SMBASE);
    }

    private static void instructions(NameTable<EventParser> table) {
        table.put(
                "kvm_cpuid",
                new FieldsForm(EventKind.CPUID_EXECUTED)
                        .hex("function", CpuidExecuted.FUNC)
                        .newer("index", true, (draft, value) -> draft.set(CpuidExecuted.IDX, value))
                        .hex("rax", CpuidExecuted.RAX)
                        .hex("rbx", CpuidExecuted.RBX)
                        .hex("rcx", CpuidExecuted.RCX)
                        .hex("rdx", CpuidExecuted.RDX)
                        .flag("found", CpuidExecuted.FOUND)
                        .newerFlag("used_max_basic", CpuidExecuted.USED_MAX_BASIC));
        table.put(
                "kvm_cr",
                new FieldsForm(EventKind.CR_ACCESS)
                        .flag("rw", CrAccess.WRITE)
                        .hex("cr", CrAccess.CR)
                        .hex("val", CrAccess.VAL));
        table.put(
                "kvm_hypercall",
                new FieldsForm(EventKind.HYPERCALL)
                        .hex("nr", Hypercall.NR)
                        .hex("a0", Hypercall.A0)
                        .hex("a1", Hypercall.A1)
                        .hex("a2", Hypercall.A2)
                        .hex("a3", Hypercall.A3));
        table.put(
                "kvm_vcpu_wakeup",
                new FieldsForm(EventKind.HALT_WAKEUP)
                        .decimal("ns", HaltWakeup.DURATION_NS)
                        .flag("waited", HaltWakeup.WAITED)
                        .flag("valid", HaltWakeup.VALID));
        table.put(
                "kvm_emulate_insn",
                new FieldsForm(EventKind.EMULATED_INSTRUCTION)
                        .hex("rip", EmulatedInstruction.RIP)
                        .hex("csbase", EmulatedInstruction.CS_BASE)
                        .decimal("len", EventDraft::keep)
                        .instruction("insn")
                        .decimal("flags", EmulatedInstruction.MODE)
                        .flag("failed", EmulatedInstruction.FAILED)
                        .whole((draft, present) -> draft.instructionBytes().into(draft, (int) draft.kept())));
        table.put("kvm_enter_smm", smm());
        table.put("kvm_smm_transition", smm());
        table.put("kvm_fpu", new FieldsForm(EventKind.FPU_SWITCH).flag("load", FpuSwitch.LOAD));
    }
}
