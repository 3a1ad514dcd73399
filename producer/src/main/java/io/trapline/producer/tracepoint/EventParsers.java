package io.trapline.producer.tracepoint;

import io.trapline.producer.line.NameTable;
import java.util.List;

/** All tracepoints that we read, by name: the one place where a parser is registered. */
final class EventParsers {
    private static final String XSTATE_PREFIX = "x86_fpu_";

    /** The interrupts of a CPU's own vectors (irq_vectors). */
    private static final List<String> HOST_INTERRUPTS = List.of(
            "local_timer_entry",
            "spurious_apic_entry",
            "error_apic_entry",
            "x86_platform_ipi_entry",
            "irq_work_entry",
            "reschedule_entry",
            "call_function_entry",
            "call_function_single_entry",
            "threshold_apic_entry",
            "deferred_error_apic_entry",
            "thermal_apic_entry");

    private EventParsers() {}

    /** A new table: parsers keep what they have learnt about a recording. */
    static NameTable<EventParser> table() {
        NameTable<EventParser> table = new NameTable<>();
        ReasonNames reasons = new ReasonNames();
        ExitParser exit = new ExitParser(reasons);

        table.put("kvm_entry", new EntryParser());
        table.put("kvm_exit", exit::parseExit);
        table.put("kvm_userspace_exit", new UserspaceExitParser());

        table.put("kvm_nested_vmenter", NestedEntryParser::parseEnter);
        table.put("kvm_nested_vmrun", NestedEntryParser::parseRun);
        table.put("kvm_nested_vmenter_failed", NestedEntryParser::parseFailed);
        table.put("kvm_nested_vmexit", exit::parseNestedExit);
        table.put("kvm_nested_vmexit_inject", exit::parseReflected);
        table.put("kvm_nested_intercepts", new NestedInterceptsParser());

        table.put("kvm_msr", MsrParser::parseGuest);
        table.put("read_msr", (body, draft) -> MsrParser.parseHost(body, draft, false));
        table.put("write_msr", (body, draft) -> MsrParser.parseHost(body, draft, true));

        table.put("kvm_inj_exception", InjectionParser::parseException);
        table.put("kvm_inj_virq", InjectionParser::parseInterrupt);

        table.put("kvm_pio", IoParser::parsePort);
        table.put("kvm_mmio", IoParser::parseMmio);
        table.put("kvm_apic", IoParser::parseApic);
        table.put("kvm_page_fault", new PageFaultParser());

        table.put("kvm_cpuid", InstructionParser::parseCpuid);
        table.put("kvm_cr", InstructionParser::parseCr);
        table.put("kvm_hypercall", InstructionParser::parseHypercall);
        table.put("kvm_vcpu_wakeup", InstructionParser::parseWakeup);

        table.put("kvm_apic_ipi", ApicParser::parseIpi);
        table.put("kvm_apic_accept_irq", (body, draft) -> ApicParser.parseAccepted(body, draft, false));
        table.put("kvm_apicv_accept_irq", (body, draft) -> ApicParser.parseAccepted(body, draft, true));
        table.put("kvm_eoi", (body, draft) -> ApicParser.parseEoi(body, draft, false));
        table.put("kvm_pv_eoi", (body, draft) -> ApicParser.parseEoi(body, draft, true));
        table.put("kvm_fast_mmio", IoParser::parseFastMmio);
        table.put("kvm_emulate_insn", new EmulatedInstructionParser());
        table.put("kvm_smm_transition", new SmmParser());
        table.put("kvm_enter_smm", new SmmParser());
        table.put("kvm_nested_intr_vmexit", NestedEntryParser::parseInterruptExit);

        table.put("sched_switch", HostParser::parseSwitch);
        table.put("irq_handler_entry", HostParser::parseHandler);
        table.put("rdpmc", HostParser::parsePmc);
        for (String interrupt : HOST_INTERRUPTS) {
            table.put(interrupt, (body, draft) -> HostParser.parseVector(body, draft, interrupt));
        }

        table.put("kvm_fpu", XstateParser::parseFpu);
        xstate(table, "before_save", true);
        xstate(table, "after_save", true);
        xstate(table, "regs_activated", true);
        xstate(table, "regs_deactivated", true);
        xstate(table, "dropped", true);
        xstate(table, "copy_dst", true);
        xstate(table, "xstate_check_failed", true);
        xstate(table, "before_restore", false);
        xstate(table, "after_restore", false);
        xstate(table, "init_state", false);
        xstate(table, "copy_src", false);
        return table;
    }

    /** {@code current}: kernels still have it. */
    private static void xstate(NameTable<EventParser> table, String name, boolean current) {
        table.put(XSTATE_PREFIX + name, (body, draft) -> XstateParser.parse(body, draft, name, current));
    }
}
