package io.trapline.streams.retrace;

/**
 * The decision rules of KVM by their numbers, each in a sentence for people. The code that follows a rule names its number;
 * a test checks that this table has them all.
 */
public enum Rule {
    R1(
            "A guest gets AMX only if the VMM has asked for the permission; its FPU state then has room for tiles from the start."),
    R2(
            "At first KVM intercepts every MSR but those of a fixed list; IA32_XFD and writes of IA32_XFD_ERR are not on it."),
    R3("A write of IA32_XFD or IA32_XFD_ERR with a bit that the guest must not set gives #GP and changes nothing."),
    R4("The first accepted non-zero write of IA32_XFD ends its interception and sets nowi, which nothing clears."),
    R5("A zero written to an intercepted IA32_XFD is stored, and the MSR stays intercepted."),
    R6("Once nowi is set, writes of IA32_XFD by L1 do not exit."),
    R7("User space may write MSRs too, with the same effect on nowi and without a record."),
    R8("A read of IA32_XFD exits until nowi is set, and returns KVM's copy."),
    R9("On VMX a guest with XFD in its CPUID reads IA32_XFD_ERR without an exit."),
    R10("A write of IA32_XFD_ERR always exits and changes KVM's copy; the register follows at the next entry."),
    R11("Once nowi is set, KVM traps every #NM."),
    R12("At a #NM exit with IA32_XFD armed, KVM reads IA32_XFD_ERR before IRQs are on.", true),
    R13("A #NM that L0 keeps is injected once, into the level that took it."),
    R14("Before an entry KVM writes a pending IA32_XFD_ERR into the register; where it is 0, it writes nothing."),
    R15("Once nowi is set, KVM reads the guest's IA32_XFD at every slow-path exit, before IRQs are on.", true),
    R16("At an exit KVM clears a pending IA32_XFD_ERR from the register, before IRQs are on.", true),
    R17("Some exits are handled inside the run loop: the guest is entered again without R14 to R16."),
    R18(
            "IA32_XFD holds the guest's value while the guest's FPU is loaded; whoever switches the FPU writes what differs."),
    R19("Saved guest state has no component in XSTATE_BV that the guest's IA32_XFD disables."),
    R20("Neither INIT nor RESET clears IA32_XFD, IA32_XFD_ERR or nowi."),
    R21("What the VMM's MSR filter denies does not succeed in the kernel, and stays intercepted."),
    R22("Only the MSRs of a list that each kernel has can be passed through."),
    R23("An MSR exit of L2 goes to L1 where L1's bitmap asks for it; without one VMX gives L1 all of them, SVM none."),
    R24("The bitmap for L2 opens nothing that L0 or L1 intercepts, and never IA32_XFD or IA32_XFD_ERR."),
    R25("While L2 runs, KVM traps the exceptions that L1 asks for and its own, with #NM once nowi is set."),
    R26("An exception of L2 that L1 asks for is reflected to L1; any other that L0 traps goes back to L2."),
    R27("IA32_XFD and IA32_XFD_ERR are one pair for L1 and L2: nested entries and exits do not switch them."),
    R28("Where L2 sets nowi, only the exception bitmap of L2 gains #NM."),
    R29("A vCPU may fall back from L2 to L1 without a record: SMM, INIT, KVM_SET_NESTED_STATE."),
    R30("A first use of AMX in L2 costs about nine exits to L0, in L1 two."),
    R31("A TDX guest with AMX has nowi from its creation."),
    R32("KVM cannot read the registers of an SEV-ES guest."),
    R33("With ignore_msrs an access to an unknown MSR succeeds; IA32_XFD and IA32_XFD_ERR are not unknown.");

    private final String sentence;
    private final boolean inWindow;

    Rule(String sentence) {
        this(sentence, false);
    }

    Rule(String sentence, boolean inWindow) {
        this.sentence = sentence;
        this.inWindow = inWindow;
    }

    /** What KVM does, or may not do. */
    public String sentence() {
        return sentence;
    }

    /** Whether the record of it stands in the irqoff window of an exit (specification, 2.2). */
    public boolean inWindow() {
        return inWindow;
    }
}
