package io.trapline.producer.emulator;

/** Mistakes that can be planted into the hypervisor, each with the policy that must find it, and where it shows. */
public enum Bug {
    LATE_CAPTURE("P1", "XFD_ERR of a #NM is read after interrupts are on, as if nobody else could use it"),
    READ_ON_EVERY_NM("P2", "XFD_ERR is read on every #NM, as in v4 of the series", Scenario.LAZY_FPU),
    CAPTURE_DESPITE_TS(
            "P3",
            "XFD_ERR is read for a #NM of CR0.TS too, as before 3ef0df3f760f",
            Scenario.LAZY_FPU,
            KernelProfile.V6_15),
    REFLECTED_NM_QUEUED("P4", "a #NM that L1 gets is queued by L0 as well, as in v4 of the series", Scenario.NESTED),
    NM_QUEUED_TWICE("P5", "a #NM is queued with interrupts off and again by the handler, as in v4 of the series"),
    NM_NOT_TRAPPED("P6", "the exception bitmaps never get #NM, so that XFD_ERR stays in the register"),
    NM_MISSING_IN_EB02("P7", "a nested entry leaves L0's #NM out of L2's exception bitmap", Scenario.NESTED_WITHOUT_NM),
    MISSED_SYNC("P8", "every fourth slow exit forgets to read the guest's XFD back"),
    LATE_SYNC("P9", "XFD is read back after XFD_ERR was captured and cleared, as in v4 of the series"),
    MISSING_RESTORE("P10", "an entry does not write a pending XFD_ERR back"),
    MISSING_CLEAR("P11", "an exit leaves the guest's XFD_ERR in the register while the host runs"),
    XFD_STILL_INTERCEPTED("P12", "the first non-zero XFD write does not stop the interception of further ones"),
    INVALID_VALUE_ACCEPTED(
            "P13", "values of XFD and XFD_ERR with bits that nobody knows are accepted", Scenario.BAD_BITS),
    RESERVED_BIT_OPEN(
            "P14", "the CPU has a second feature with XFD, which guests can disable unasked", Scenario.BAD_BITS),
    UNCOVERED_MSR_KEPT("P15", "L0 answers L2's accesses to MSRs that no bitmap covers", Scenario.NESTED),
    MERGE_WITHOUT_B01("P16", "L2's MSR bitmap is L1's, without what L0 wants, as in CVE-2019-3887", Scenario.NESTED),
    FILTER_IGNORED("P17", "user space's MSR filter is ignored, as in vmcs02 before 67f4b9969c30", Scenario.FILTERED),
    WRONG_MSR_TESTED(
            "P18", "whether to sync is asked of SPEC_CTRL's bit, as msr_write_intercepted() did before 020dac418796"),
    XFD_STATE_AFTER_HOTPLUG("P19", "a CPU that comes online again keeps its cached XFD, as before 10e4b5166df9", true),
    STALE_XSTATE_BV(
            "P20",
            "an emulated XFD write leaves disabled tiles in the saved state, as before b45f72177594",
            Scenario.NESTED,
            true),
    UNRECORDED_ENTRY("P23", "every sixty-fourth entry is missing from the recording"),
    UNRECORDED_REFLECTION(
            "P24", "every sixteenth kvm_nested_vmexit_inject is missing from the recording", Scenario.NESTED),
    WRONG_INJECTION("P25", "every fourth exception is announced as #GP", KernelProfile.V6_15),
    XFD_ON_SVM("P26", "a guest of an AMD host may write XFD and XFD_ERR", Scenario.SVM),
    IMBALANCED_FPU("P27", "the guest's FPU state is put a second time after every eighth return from user space"),
    SPEC_CTRL_STILL_INTERCEPTED(
            "P28",
            "the first non-zero SPEC_CTRL write does not stop the interception of further ones",
            Scenario.SPEC_CTRL);

    private final String policy;
    private final String sentence;
    private final Scenario scenario;
    private final KernelProfile profile;
    private final boolean hostEvents;

    Bug(String policy, String sentence) {
        this(policy, sentence, Scenario.AMX_TASKS);
    }

    Bug(String policy, String sentence, boolean hostEvents) {
        this(policy, sentence, Scenario.AMX_TASKS, hostEvents);
    }

    Bug(String policy, String sentence, Scenario scenario, boolean hostEvents) {
        this(policy, sentence, scenario, KernelProfile.V6_1, hostEvents);
    }

    Bug(String policy, String sentence, KernelProfile profile) {
        this(policy, sentence, Scenario.AMX_TASKS, profile);
    }

    Bug(String policy, String sentence, Scenario scenario) {
        this(policy, sentence, scenario, KernelProfile.V6_1);
    }

    Bug(String policy, String sentence, Scenario scenario, KernelProfile profile) {
        this(policy, sentence, scenario, profile, false);
    }

    Bug(String policy, String sentence, Scenario scenario, KernelProfile profile, boolean hostEvents) {
        this.policy = policy;
        this.sentence = sentence;
        this.scenario = scenario;
        this.profile = profile;
        this.hostEvents = hostEvents;
    }

    /** Id of the policy that this violates. */
    public String policy() {
        return policy;
    }

    /** What is wrong, for {@code --list-bugs}. */
    public String sentence() {
        return sentence;
    }

    /** The guests in which it shows. */
    public Scenario scenario() {
        return scenario;
    }

    /** The kernel in which it shows. */
    public KernelProfile profile() {
        return profile;
    }

    /** Whether it shows only where the host's FPU and XFD are recorded too. */
    public boolean needsHostEvents() {
        return hostEvents;
    }
}
