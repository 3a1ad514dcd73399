package io.trapline.producer.tracepoint;

import io.trapline.schemas.kernel.KernelVersion;

/**
 * What a line's form says about the kernel that printed it (specification, 2.2). The marker {@code [immediate exit]} of
 * kvm_entry and {@code [reinjected]} are none: stable trees carry them back.
 */
public enum FormatMark {
    ENTRY_WITHOUT_RIP(null, "5.9", "kvm_entry without rip"),
    ENTRY_WITH_RIP("5.10", "6.13", "kvm_entry with rip and without intr_info"),
    /** Said by a form that leaves out what 6.14 added. */
    ENTRY_OF_5_10("5.10", null, "kvm_entry with rip"),
    ENTRY_WITH_INTR_INFO("6.14", null, "kvm_entry with intr_info"),
    EXIT_WITHOUT_VCPU(null, "5.3", "kvm_exit without vcpu"),
    EXIT_WITH_INFO("5.4", "5.9", "kvm_exit with vcpu and without intr_info"),
    EXIT_WITH_INTR_INFO("5.10", "6.13", "kvm_exit with intr_info and without requests"),
    EXIT_WITH_REQUESTS("6.14", null, "kvm_exit with requests"),
    /** Said by a form that does not tell whether a newer field was there. */
    EXIT_OF_5_10("5.10", null, "kvm_exit with intr_info"),
    /** From vmx_handle_exit. The releases between 5.4 and 5.10 were not read: either bound keeps to the safe side. */
    VMX_EXIT_WITH_IRQS_ON(null, "5.9", "kvm_exit of VMX with IRQs on"),
    VMX_EXIT_WITH_IRQS_OFF("5.5", null, "kvm_exit of VMX with IRQs off"),
    /** From svm_handle_exit. */
    SVM_EXIT_WITH_IRQS_ON(null, "6.4", "kvm_exit of SVM with IRQs on"),
    SVM_EXIT_WITH_IRQS_OFF("6.5", null, "kvm_exit of SVM with IRQs off"),
    NESTED_EXIT_OLD(null, "5.9", "kvm_nested_vmexit with ext_inf1"),
    NESTED_RUN(null, "6.0", "kvm_nested_vmrun"),
    NESTED_ENTER("6.1", null, "kvm_nested_vmenter"),
    NESTED_INTERCEPT_QUAD(null, "5.9", "kvm_nested_intercepts with one word of intercepts"),
    NESTED_INTERCEPT_WORDS("5.10", null, "kvm_nested_intercepts with three words of intercepts"),
    PAGE_FAULT_WITHOUT_VCPU(null, "6.0", "kvm_page_fault without vcpu"),
    PAGE_FAULT_WITH_VCPU("6.1", null, "kvm_page_fault with vcpu"),
    /** An error code although the exception has none. */
    EXCEPTION_ALWAYS_WITH_CODE(null, "5.19", "kvm_inj_exception with an error code that it has not"),
    EXCEPTION_WITHOUT_CODE("6.0", null, "kvm_inj_exception without an error code"),
    INTERRUPT_DECIMAL(null, "5.19", "kvm_inj_virq with irq"),
    INTERRUPT_TYPED("6.0", null, "kvm_inj_virq with IRQ or INTn"),
    CPUID_WITHOUT_INDEX(null, "5.9", "kvm_cpuid without idx"),
    CPUID_WITH_INDEX("5.10", null, "kvm_cpuid with idx"),
    XSTATE_EVENT_OF_OLD(null, "6.15", "an x86_fpu event that is gone"),
    /** The migrate-disable column came between 5.12 and 5.14: either bound keeps to the safe side. */
    FOUR_FLAGS(null, "5.14", "four characters of flags"),
    FIVE_FLAGS("5.12", null, "five characters of flags");

    private final KernelVersion from;
    private final KernelVersion to;
    private final String form;

    FormatMark(String from, String to, String form) {
        this.from = KernelVersion.of(from);
        this.to = KernelVersion.of(to);
        this.form = form;
    }

    /** First kernel that prints so, null where it always did. */
    public KernelVersion from() {
        return from;
    }

    /** Last kernel that prints so, null where it still does. */
    public KernelVersion to() {
        return to;
    }

    /** What it looks like, in a few words. */
    public String form() {
        return form;
    }

    public long bit() {
        return 1L << ordinal();
    }
}
