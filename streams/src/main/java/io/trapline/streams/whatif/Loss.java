package io.trapline.streams.whatif;

/** Ways in which an unsound strategy loses guest state, each with what shows it in a recording. */
public enum Loss {
    /** S6: an exit finds another XFD than the copy that nobody brings up to date. */
    STALE_COPY("the host would go on with another IA32_XFD than the guest's"),
    /** S4: the same, before the guest has opened SPEC_CTRL. */
    STALE_COPY_BY_SPEC_CTRL(
            "the host would go on with another IA32_XFD than the guest's: SPEC_CTRL is still intercepted"),
    /** T3: a fault under an XFD that was armed after the last exit. */
    FAULT_ARMED_UNSEEN("the fault would not have been trapped: XFD was armed after the last exit"),
    /** T4: a fault of L2 that L1 did not ask for. */
    FAULT_OF_L2_KEPT("the fault would not have been trapped: L2 runs, and L1 does not intercept #NM"),
    /** I4 with T1: a fault under the boot-time value, to which nobody has written another one. */
    FAULT_BEFORE_OPENING("the fault would not have been trapped: XFD is armed, and its writes are still intercepted"),
    /** I5 with T1: a fault under an XFD that has not changed for long. */
    FAULT_WHILE_CLOSED("the fault would not have been trapped: XFD is armed, and its writes are intercepted again"),
    /** T6, or a trap by the flag where it is never set: the first fault. */
    FAULT_UNTRAPPED("the fault would not have been trapped"),
    /** R28: L1 clears XFD_ERR for a fault that L0 has not seen, after L2 was first to write XFD. */
    STALE_EB01("a fault was not trapped: L2 was first to write IA32_XFD, and vmcs01's exception bitmap is stale (R28)");

    private final String sentence;

    Loss(String sentence) {
        this.sentence = sentence;
    }

    /** What goes wrong at that place. */
    public String sentence() {
        return sentence;
    }
}
