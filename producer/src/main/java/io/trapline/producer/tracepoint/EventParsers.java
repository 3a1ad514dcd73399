package io.trapline.producer.tracepoint;

import io.trapline.producer.line.NameTable;

/** All tracepoints that we read, by name: the one place where a parser is registered. */
final class EventParsers {
    private static final String XSTATE_PREFIX = "x86_fpu_";

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
