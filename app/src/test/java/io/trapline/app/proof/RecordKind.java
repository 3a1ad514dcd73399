package io.trapline.app.proof;

/** What a line of a vCPU's thread is to the rules that are tested. */
enum RecordKind {
    ENTRY,
    EXIT,
    /** R15: {@code read_msr 1c4} in the irqoff window. */
    SYNC,
    /** R12: {@code read_msr 1c5} in the irqoff window of a #NM. */
    CAPTURE,
    /** R16: {@code write_msr 1c5, value 0} in the irqoff window. */
    CLEAR,
    /** R14: {@code write_msr 1c5} of what is pending. */
    RESTORE,
    /** R4 or R18: {@code write_msr 1c4}. */
    XFD_WRITE,
    /** An accepted non-zero {@code kvm_msr: msr_write 1c4}. */
    ARMING,
    /** Another accepted access of the guest to 1c4 or 1c5. */
    GUEST_XFD,
    /** A refused write of the guest to 1c4 or 1c5. */
    REFUSED,
    GUEST_MSR,
    INJECT_NM,
    INJECT_GP,
    INJECT_OTHER,
    LOAD,
    UNLOAD,
    USERSPACE,
    NESTED_ENTRY,
    NESTED_EXIT,
    REFLECTED,
    OTHER
}
