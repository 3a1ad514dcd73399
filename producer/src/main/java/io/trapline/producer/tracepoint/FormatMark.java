package io.trapline.producer.tracepoint;

/**
 * What a line's form says about the kernel that printed it (specification, 2.2). The marker {@code [immediate exit]} of
 * kvm_entry and {@code [reinjected]} are none: stable trees carry them back.
 */
public enum FormatMark {
    ENTRY_WITHOUT_RIP(null, "5.9"),
    ENTRY_WITH_RIP("5.10", "6.13"),
    /** Said by a form that leaves out what 6.14 added. */
    ENTRY_OF_5_10("5.10", null),
    ENTRY_WITH_INTR_INFO("6.14", null),
    EXIT_WITHOUT_VCPU(null, "5.3"),
    EXIT_WITH_INFO("5.4", "5.9"),
    EXIT_WITH_INTR_INFO("5.10", "6.13"),
    EXIT_WITH_REQUESTS("6.14", null),
    /** Said by a form that does not tell whether a newer field was there. */
    EXIT_OF_5_10("5.10", null),
    NESTED_EXIT_OLD(null, "5.9"),
    NESTED_RUN(null, "6.0"),
    NESTED_ENTER("6.1", null),
    NESTED_INTERCEPT_QUAD(null, "5.9"),
    NESTED_INTERCEPT_WORDS("5.10", null),
    PAGE_FAULT_WITHOUT_VCPU(null, "6.0"),
    PAGE_FAULT_WITH_VCPU("6.1", null),
    /** An error code although the exception has none. */
    EXCEPTION_ALWAYS_WITH_CODE(null, "5.19"),
    EXCEPTION_WITHOUT_CODE("6.0", null),
    INTERRUPT_DECIMAL(null, "5.19"),
    INTERRUPT_TYPED("6.0", null),
    CPUID_WITHOUT_INDEX(null, "5.9"),
    CPUID_WITH_INDEX("5.10", null),
    XSTATE_EVENT_OF_OLD(null, "6.15"),
    /** The migrate-disable column came between 5.12 and 5.14: either bound keeps to the safe side. */
    FOUR_FLAGS(null, "5.14"),
    FIVE_FLAGS("5.12", null);

    private final String from;
    private final String to;

    FormatMark(String from, String to) {
        this.from = from;
        this.to = to;
    }

    /** First kernel that prints so, null where it always did. */
    public String from() {
        return from;
    }

    /** Last kernel that prints so, null where it still does. */
    public String to() {
        return to;
    }

    public long bit() {
        return 1L << ordinal();
    }
}
