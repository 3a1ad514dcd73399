package io.trapline.streams.retrace;

/** What an event did, or what KVM did before it wrote the event: by which rule, and in a sentence about that event. */
public enum Deed {
    EXIT(null, "The guest exits: a turn begins. IRQs are off until a record shows that they are on."),
    EXIT_RECORDED_LATE(
            null,
            "The guest exited: a turn begins. The record was written with IRQs on, so the irqoff window is not seen."),
    TRAPPED_NM(Rule.R11, "It is a #NM that KVM trapped."),
    ASKED_FOR_L2(null, "L1 asks to run its own guest."),
    EXIT_AFTER_EXIT(
            null,
            "The entry after the exit before is missing: all but level and nowi is unknown until the FPU is loaded."),
    ENTRY(null, "The guest is entered: the turn ends and is judged."),
    ENTRY_WITHOUT_TURN(null, "The guest is entered. The recording has no exit before it."),
    ENTRY_AFTER_FAST_PATH(
            Rule.R17, "The exit was handled inside the run loop: neither sync nor clear nor restore is due."),
    ENTRY_SHOWS_XFD_ERR(
            Rule.R14, "The entry shows KVM's copy of IA32_XFD_ERR: what was written before it, or 0 if nothing was."),
    ENTRY_LEAVES_XFD_ERR_OPEN(
            Rule.R14, "A value was pending and is not in the register: what KVM's copy holds now is not known."),
    ENTRY_AFTER_ENTRY(
            null,
            "The exit after the entry before is missing: all but level and nowi is unknown until the FPU is loaded."),
    WINDOW_OVER(null, "IRQs are on, or only the slow path writes this: the irqoff window of the exit is over."),
    FIRST_XFD_WRITE(
            Rule.R4, "The first accepted non-zero write of IA32_XFD: KVM sets nowi and stops intercepting the MSR."),
    FURTHER_XFD_WRITE(Rule.R4, "An accepted non-zero write of IA32_XFD; nowi was set before and stays so."),
    ZERO_XFD_WRITE(Rule.R5, "A zero for IA32_XFD: KVM takes it, and it changes nothing about the interception."),
    XFD_READ(Rule.R8, "An intercepted read of IA32_XFD returns KVM's copy."),
    XFD_EXIT_WHILE_OPEN(Rule.R6, "An access of L1 to IA32_XFD that exited although nowi is set."),
    XFD_ACCESS_OF_L2(Rule.R24, "It is an access of L2, and those always exit."),
    XFD_WRITE_REFUSED(Rule.R3, "KVM refuses the access with #GP, and nothing changes."),
    XFD_ERR_WRITE(
            Rule.R10, "The guest writes IA32_XFD_ERR: KVM's copy changes; the register follows at the next entry."),
    XFD_ERR_GUEST_READ(Rule.R9, "An intercepted read of IA32_XFD_ERR returns KVM's copy."),
    FAST_MSR_WRITE(Rule.R17, "The run loop may handle this write by itself and enter again."),
    SYNC(Rule.R15, "nowi is set, so KVM reads the guest's IA32_XFD before IRQs go on."),
    LATE_XFD_READ(Rule.R15, "IA32_XFD is read, but outside the irqoff window: it is not the sync that was due."),
    CAPTURE(Rule.R12, "A #NM exit with IA32_XFD armed: KVM reads IA32_XFD_ERR into its copy."),
    LATE_CAPTURE(
            Rule.R12, "KVM reads IA32_XFD_ERR into its copy, but with IRQs on: the host may have changed it before."),
    EARLY_CAPTURE(Rule.R12, "KVM reads IA32_XFD_ERR into its copy before it has read IA32_XFD."),
    CAPTURE_FAILED(Rule.R12, "The read of IA32_XFD_ERR gives #GP: this host has no such register."),
    CLEAR(Rule.R16, "A value was in IA32_XFD_ERR: KVM clears the register before IRQs go on."),
    LATE_CLEAR(Rule.R16, "IA32_XFD_ERR is cleared, but outside the irqoff window: it is not the clear that was due."),
    RESTORE(Rule.R14, "A value is pending: KVM writes it into IA32_XFD_ERR for the guest."),
    XFD_SWITCH(
            Rule.R18,
            "IA32_XFD is written as the FPU changes hands or the guest's write takes effect: no sign of nowi."),
    HOST_ACCESS(Rule.R18, "The host's own access to IA32_XFD or IA32_XFD_ERR: it says nothing of the guest."),
    ACCESS_OUTSIDE_TURN(null, "No exit is open here, so whose access it is cannot be told."),
    L2_ENTRY(Rule.R27, "L1's guest is entered; IA32_XFD and IA32_XFD_ERR stay as they are."),
    L2_ENTRY_FAILED(null, "L1's guest could not be entered: the level stays L1."),
    L2_EXIT(Rule.R23, "It is an exit of L2, and L0 has it first."),
    L2_EXIT_REFLECTED(Rule.R26, "The exit goes to L1, which runs from here."),
    NM_INJECTED(Rule.R13, "L0 gives the #NM to the guest."),
    USER_SPACE(Rule.R7, "User space has the vCPU: it may set MSRs, events and level without a record."),
    FPU_LOADED(Rule.R18, "The guest's FPU is loaded: from here the register holds the guest's IA32_XFD."),
    FPU_UNLOADED(Rule.R18, "The guest's FPU is put away: from here the register holds that of the VMM's thread."),
    LOSS(Rule.R4, "Events are missing here: all is unknown but nowi, which nothing clears."),
    ANOTHER_RECORDING(null, "Another recording begins here: all is unknown, nowi too."),
    NEW_VCPU(null, "A vCPU is made or its TSC is set: it may be a new one, so nowi is unknown again."),
    INTERRUPT(null, "A record of an interrupt that came in between: not the thread's own.");

    private final Rule rule;
    private final String sentence;

    Deed(Rule rule, String sentence) {
        this.rule = rule;
        this.sentence = sentence;
    }

    /** The rule by which it was done; null where there is none to name. */
    public Rule rule() {
        return rule;
    }

    public String sentence() {
        return sentence;
    }
}
