package io.trapline.streams.core;

import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.OtherEvent;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.Msrs;
import java.util.Set;

/** Records that KVM writes only outside its run loop: each proves that the irqoff window of the exit is over. */
final class SlowPath {
    /**
     * Tracepoints without a kind of their own, and those that an older writer or a text cut short left without theirs.
     * Those of local APIC and timer are missing: the fast path writes them.
     */
    private static final Set<String> OTHERS = Set.of(
            "kvm_emulate_insn",
            "kvm_nested_intr_vmexit",
            "kvm_pv_tlb_flush",
            "kvm_fast_mmio",
            "kvm_halt_poll_ns",
            "kvm_ple_window_update",
            "kvm_ple_window",
            "kvm_enter_smm",
            "kvm_smm_transition",
            "kvm_task_switch",
            "kvm_invlpga",
            "kvm_skinit",
            "kvm_xen_hypercall",
            "kvm_hv_hypercall",
            "kvm_async_pf_not_present",
            "kvm_async_pf_ready",
            "kvm_try_async_get_page",
            "kvm_tdp_mmu_spte_changed",
            "kvm_mmu_get_page",
            "fast_page_fault",
            "handle_mmio_page_fault",
            "mark_mmio_spte",
            "check_mmio_spte",
            "vcpu_match_mmio");

    private SlowPath() {}

    static boolean writes(EventView event) {
        return switch (event.kind()) {
            case EXCEPTION_INJECTED,
                    INTERRUPT_INJECTED,
                    NESTED_ENTRY,
                    NESTED_EXIT,
                    NESTED_EXIT_REFLECTED,
                    NESTED_INTERCEPTS,
                    NESTED_ENTRY_FAILED,
                    USERSPACE_EXIT,
                    PORT_IO,
                    MMIO,
                    PAGE_FAULT,
                    CPUID_EXECUTED,
                    CR_ACCESS,
                    FPU_SWITCH,
                    HYPERCALL,
                    HALT_WAKEUP,
                    SMM_TRANSITION,
                    FAST_MMIO,
                    NESTED_INTERRUPT_EXIT,
                    EMULATED_INSTRUCTION,
                    SCHED_SWITCH -> true;
            case GUEST_MSR_ACCESS -> !isFastWrite(event);
            case OTHER_EVENT -> OTHERS.contains(event.text(OtherEvent.NAME));
            case VM_ENTRY,
                    VM_EXIT,
                    HOST_MSR_ACCESS,
                    XSTATE_EVENT,
                    APIC_EVENT,
                    APIC_IPI,
                    APIC_IRQ_ACCEPTED,
                    EOI,
                    PMC_READ,
                    IRQ_ENTRY,
                    GAP,
                    INTERCEPT_CHANGED,
                    EXCEPTION_BITMAP_CHANGED,
                    PASSTHROUGH_ACCESS,
                    GUEST_FAULT,
                    UNKNOWN -> false;
        };
    }

    /** R17: the MSR writes that the run loop handles by itself. */
    static boolean isFastWrite(EventView guestMsrAccess) {
        long index = guestMsrAccess.get(GuestMsrAccess.INDEX);
        return guestMsrAccess.is(GuestMsrAccess.WRITE) && (index == Msrs.X2APIC_ICR || index == Msrs.TSC_DEADLINE);
    }
}
