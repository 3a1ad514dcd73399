package io.trapline.schemas.event;

/**
 * What kind of event a record of the log is. The code is on the wire (one byte of {@code TraceChunk.order}) and never
 * changes its meaning; the column is the array of {@code TraceChunk} that holds the kind's records.
 */
public enum EventKind {
    /** A code that a newer writer knows and we do not: counted, never misread. */
    UNKNOWN(0, null),
    VM_ENTRY(1, "vmEntries"),
    VM_EXIT(2, "vmExits"),
    GUEST_MSR_ACCESS(3, "guestMsrAccesses"),
    HOST_MSR_ACCESS(4, "hostMsrAccesses"),
    EXCEPTION_INJECTED(5, "exceptionsInjected"),
    INTERRUPT_INJECTED(6, "interruptsInjected"),
    NESTED_ENTRY(7, "nestedEntries"),
    NESTED_EXIT(8, "nestedExits"),
    NESTED_EXIT_REFLECTED(9, "nestedExitsReflected"),
    NESTED_INTERCEPTS(10, "nestedIntercepts"),
    NESTED_ENTRY_FAILED(11, "nestedEntriesFailed"),
    USERSPACE_EXIT(12, "userspaceExits"),
    PORT_IO(13, "portIos"),
    MMIO(14, "mmios"),
    PAGE_FAULT(15, "pageFaults"),
    CPUID_EXECUTED(16, "cpuidsExecuted"),
    CR_ACCESS(17, "crAccesses"),
    FPU_SWITCH(18, "fpuSwitches"),
    XSTATE_EVENT(19, "xstateEvents"),
    HYPERCALL(20, "hypercalls"),
    HALT_WAKEUP(21, "haltWakeups"),
    APIC_EVENT(22, "apicEvents"),
    SCHED_SWITCH(23, "schedSwitches"),
    IRQ_ENTRY(24, "irqEntries"),
    GAP(25, "gaps"),
    OTHER_EVENT(26, "otherEvents"),
    APIC_IPI(27, "apicIpis"),
    APIC_IRQ_ACCEPTED(28, "apicIrqsAccepted"),
    EOI(29, "eois"),
    SMM_TRANSITION(30, "smmTransitions"),
    FAST_MMIO(31, "fastMmios"),
    NESTED_INTERRUPT_EXIT(32, "nestedInterruptExits"),
    PMC_READ(33, "pmcReads"),
    EMULATED_INSTRUCTION(34, "emulatedInstructions"),
    INTERCEPT_CHANGED(40, "interceptsChanged"),
    EXCEPTION_BITMAP_CHANGED(41, "exceptionBitmapsChanged"),
    PASSTHROUGH_ACCESS(42, "passthroughAccesses"),
    GUEST_FAULT(43, "guestFaults");

    /** Codes are below this; {@code TraceChunk.kinds} has a bit for each. */
    public static final int CODES = 64;

    private static final EventKind[] BY_CODE = byCode();

    private final int code;
    private final String column;

    EventKind(int code, String column) {
        this.code = code;
        this.column = column;
    }

    /** The kind with this code, {@link #UNKNOWN} where none is known. */
    public static EventKind ofCode(int code) {
        return code >= 0 && code < CODES ? BY_CODE[code] : UNKNOWN;
    }

    public int code() {
        return code;
    }

    /** Name of the kind's array in {@code TraceChunk}; null only for {@link #UNKNOWN}. */
    public String column() {
        return column;
    }

    /** Whether only an emulator can know such an event: no real recording has one. */
    public boolean isGroundTruth() {
        return code >= INTERCEPT_CHANGED.code;
    }

    private static EventKind[] byCode() {
        EventKind[] kinds = new EventKind[CODES];
        java.util.Arrays.fill(kinds, UNKNOWN);
        for (EventKind kind : values()) {
            kinds[kind.code] = kind;
        }
        return kinds;
    }
}
