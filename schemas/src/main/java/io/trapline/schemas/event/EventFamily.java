package io.trapline.schemas.event;

import io.trapline.schemas.table.ExitReasons;
import java.util.function.Consumer;

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
    GROUND_TRUTH("emulator"),
    /**
     * Exits that say which exception they are for: VMX in intr_info, which kernels up to 5.9 and trace-cmd's kvm plugin
     * leave out; SVM has a reason for each.
     */
    EXCEPTION("kvm_exit intr_info"),
    /**
     * Of {@link #HOST_MSR_XFD}. A write counts as reads being recorded (specification, section 4), or a kernel that never
     * syncs would pass; until a record shows that they were not. Not the other way round: swaps of the host's own XFD are
     * writes, and there is no kernel without them.
     */
    HOST_READ_XFD("msr:read_msr", HOST_MSR_XFD, true),

    HOST_WRITE_XFD("msr:write_msr", HOST_MSR_XFD, false),
    /** Of {@link #NESTED}, one by one: which of them there are depends on kernel and ISA. */
    NESTED_ENTRY("kvm_nested_vmenter", NESTED, false),

    NESTED_EXIT("kvm_nested_vmexit", NESTED, false),
    NESTED_REFLECTED("kvm_nested_vmexit_inject", NESTED, false),
    NESTED_INTERCEPTS("kvm_nested_intercepts", NESTED, false),
    /** Entries that say what they inject (6.14). */
    ENTRY_INJECTION("kvm_entry intr_info");

    private static final long[] OF_KIND = new long[EventKind.CODES];

    static {
        for (EventKind kind : EventKind.values()) {
            OF_KIND[kind.code()] = ofKind(kind);
        }
    }

    private final String title;
    private final EventFamily group;
    private final boolean impliedByGroup;

    EventFamily(String title) {
        this(title, null, false);
    }

    EventFamily(String title, EventFamily group, boolean impliedByGroup) {
        this.title = title;
        this.group = group;
        this.impliedByGroup = impliedByGroup;
    }

    /** Whether these bits of families that were seen count as this one being recorded. */
    public boolean isRecorded(long seen) {
        return (seen & bit()) != 0 || impliedByGroup && (seen & group.bit()) != 0;
    }

    /** The family that this one is a part of; itself where it is none. */
    public EventFamily group() {
        return group == null ? this : group;
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

    /** Does something with each family in these bits. */
    public static void forEach(long bits, Consumer<EventFamily> action) {
        for (EventFamily family : values()) {
            if ((bits & family.bit()) != 0) {
                action.accept(family);
            }
        }
    }

    /** The bits of the families that this event shows to be recorded; 0 where it shows none. */
    public static long shownBy(EventView event) {
        EventKind kind = event.kind();
        // Asked of every event: a table, as few processors foresee the jump of a switch.
        long shown = OF_KIND[kind.code()];
        if (kind == EventKind.VM_ENTRY) {
            return shown | (event.has(EventFields.VmEntry.INTR_INFO) ? ENTRY_INJECTION.bit() : 0);
        }
        if (kind == EventKind.VM_EXIT) {
            return shown | (saysException(event) ? EXCEPTION.bit() : 0);
        }
        return kind == EventKind.HOST_MSR_ACCESS ? ofHostMsr(event) : shown;
    }

    private static long ofHostMsr(EventView access) {
        long index = access.get(EventFields.HostMsrAccess.INDEX);
        EventFamily direction = access.is(EventFields.HostMsrAccess.WRITE) ? HOST_WRITE_XFD : HOST_READ_XFD;
        return index == 0x1c4 || index == 0x1c5 ? HOST_MSR_XFD.bit() | direction.bit() : 0;
    }

    /** What every event of a kind shows. */
    private static long ofKind(EventKind kind) {
        return switch (kind) {
            case VM_ENTRY -> ENTRY.bit();
            case VM_EXIT -> EXIT.bit();
            case GUEST_MSR_ACCESS -> GUEST_MSR.bit();
            case EXCEPTION_INJECTED -> INJECTION.bit();
            case NESTED_ENTRY -> NESTED.bit() | NESTED_ENTRY.bit();
            case NESTED_EXIT -> NESTED.bit() | NESTED_EXIT.bit();
            case NESTED_EXIT_REFLECTED -> NESTED.bit() | NESTED_REFLECTED.bit();
            case NESTED_INTERCEPTS -> NESTED.bit() | NESTED_INTERCEPTS.bit();
            case NESTED_ENTRY_FAILED, NESTED_INTERRUPT_EXIT -> NESTED.bit();
            case USERSPACE_EXIT -> USERSPACE.bit();
            case CPUID_EXECUTED -> CPUID.bit();
            case CR_ACCESS -> CR.bit();
            case FPU_SWITCH -> FPU.bit();
            case XSTATE_EVENT -> XSTATE.bit();
            case SCHED_SWITCH -> SCHED.bit();
            case IRQ_ENTRY -> IRQ.bit();
            case INTERCEPT_CHANGED, EXCEPTION_BITMAP_CHANGED, PASSTHROUGH_ACCESS, GUEST_FAULT -> GROUND_TRUTH.bit();
            case HOST_MSR_ACCESS,
                    INTERRUPT_INJECTED,
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
                    UNKNOWN -> 0;
        };
    }

    private static boolean saysException(EventView exit) {
        return exit.has(EventFields.VmExit.INTR_INFO) || exit.get(EventFields.VmExit.ISA) == ExitReasons.SVM;
    }
}
