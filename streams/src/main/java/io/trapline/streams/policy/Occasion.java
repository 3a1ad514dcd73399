package io.trapline.streams.policy;

/** When a policy is asked. */
public enum Occasion {
    /** A turn has got its entry. */
    TURN_ENDED,
    /** A turn will not get its entry: only its irqoff window may be judged. */
    TURN_BROKEN,
    /** As {@link #TURN_ENDED}, of a #NM exit. */
    NM_TURN_ENDED,
    /** As {@link #TURN_BROKEN}, of a #NM exit. */
    NM_TURN_BROKEN,
    /** As {@link #NM_TURN_ENDED}, also where SVM's own reason says #NM. */
    ANY_NM_TURN_ENDED,
    /** As {@link #TURN_ENDED}, of a turn that L2 began, or was to begin. */
    L2_TURN_ENDED,
    /** As {@link #TURN_ENDED}, of a turn in which an event was announced for the level that runs now. */
    INJECTING_TURN_ENDED,
    /** As {@link #TURN_ENDED} or {@link #TURN_BROKEN}, of an exit that read IA32_XFD back. */
    SYNCED_TURN,
    /** As {@link #TURN_ENDED}, where KVM emulated an access to an MSR. */
    MSR_TURN_ENDED,
    /** As {@link #TURN_ENDED}, where an access to IA32_XFD or IA32_XFD_ERR was refused, or its effect is seen. */
    REFUSED_XFD_TURN_ENDED,
    /** As {@link #TURN_ENDED}, where an emulator tells what no recording shows. */
    ASSERTED_TURN_ENDED,
    /** KVM emulated an access to an MSR: the one at hand in the state. */
    GUEST_MSR_ACCESS,
    /** A host's record of IA32_XFD can be compared with the one before it. */
    HOST_XFD_READ,
    /** The guest's FPU state in memory is known, and XFD. */
    GUEST_XSTATE,
    /** Entry and exit alternate as they should. */
    PAIRED,
    ENTRY_AFTER_ENTRY,
    EXIT_AFTER_EXIT,
    /** An entry, before anything is made of it. */
    ENTERED,
    FPU_LOADED,
    FPU_UNLOADED,
    /** L1 enters L2: the state is that before it. */
    NESTED_ENTRY,
    /** L2 exits: the state is that before it. */
    NESTED_EXIT,
    /** L1 gets an exit of L2: the state is that before it. */
    NESTED_REFLECTION
}
