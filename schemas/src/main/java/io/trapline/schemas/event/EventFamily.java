package io.trapline.schemas.event;

/**
 * Families of events that a recording has or has not. What is not recorded cannot be missed: rules that rest on absence
 * ask here. The ordinal is a bit of {@code StreamEndRow.familiesSeen}: append only.
 */
public enum EventFamily {
    ENTRY("kvm_entry"),
    EXIT("kvm_exit"),
    GUEST_MSR("kvm_msr"),
    /** Host accesses to IA32_XFD and IA32_XFD_ERR: other MSRs do not prove that these two pass the filter. */
    HOST_MSR_XFD("msr"),
    INJECTION("kvm_inj_exception"),
    NESTED("kvm_nested_*"),
    USERSPACE("kvm_userspace_exit"),
    CPUID("kvm_cpuid"),
    CR("kvm_cr"),
    FPU("kvm_fpu"),
    XSTATE("x86_fpu"),
    SCHED("sched_switch"),
    IRQ("irq"),
    GROUND_TRUTH("emulator");

    private final String title;

    EventFamily(String title) {
        this.title = title;
    }

    /** Name in run records, JSON and messages. */
    public String title() {
        return title;
    }

    public long bit() {
        return 1L << ordinal();
    }

    /** The family with this title; an unknown title (a newer writer) is null. */
    public static EventFamily ofTitle(String title) {
        for (EventFamily family : values()) {
            if (family.title.equals(title)) {
                return family;
            }
        }
        return null;
    }

    /** The family that this event shows to be recorded, or null. */
    public static EventFamily shownBy(EventView event) {
        return switch (event.kind()) {
            case VM_ENTRY -> ENTRY;
            case VM_EXIT -> EXIT;
            case GUEST_MSR_ACCESS -> GUEST_MSR;
            case HOST_MSR_ACCESS -> {
                long index = event.get(EventFields.HostMsrAccess.INDEX);
                yield index == 0x1c4 || index == 0x1c5 ? HOST_MSR_XFD : null;
            }
            case EXCEPTION_INJECTED -> INJECTION;
            case NESTED_ENTRY,
                    NESTED_EXIT,
                    NESTED_EXIT_REFLECTED,
                    NESTED_INTERCEPTS,
                    NESTED_ENTRY_FAILED,
                    NESTED_INTERRUPT_EXIT -> NESTED;
            case USERSPACE_EXIT -> USERSPACE;
            case CPUID_EXECUTED -> CPUID;
            case CR_ACCESS -> CR;
            case FPU_SWITCH -> FPU;
            case XSTATE_EVENT -> XSTATE;
            case SCHED_SWITCH -> SCHED;
            case IRQ_ENTRY -> IRQ;
            case INTERCEPT_CHANGED, EXCEPTION_BITMAP_CHANGED, PASSTHROUGH_ACCESS, GUEST_FAULT -> GROUND_TRUTH;
            case INTERRUPT_INJECTED,
                    PORT_IO,
                    MMIO,
                    PAGE_FAULT,
                    HYPERCALL,
                    HALT_WAKEUP,
                    APIC_EVENT,
                    GAP,
                    OTHER_EVENT,
                    APIC_IPI,
                    APIC_IRQ_ACCEPTED,
                    EOI,
                    SMM_TRANSITION,
                    FAST_MMIO,
                    PMC_READ,
                    EMULATED_INSTRUCTION,
                    UNKNOWN -> null;
        };
    }
}
