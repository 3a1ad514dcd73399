package io.trapline.producer.emulator;

/** Mistakes that can be planted into the hypervisor, each with the policy that must find it. */
public enum Bug {
    MISSED_SYNC("P8", "every fourth slow exit forgets to read the guest's XFD back"),
    MISSING_RESTORE("P10", "an entry does not write a pending XFD_ERR back"),
    MISSING_CLEAR("P11", "an exit leaves the guest's XFD_ERR in the register while the host runs"),
    XFD_STILL_INTERCEPTED("P12", "the first non-zero XFD write does not stop the interception of further ones"),
    UNRECORDED_ENTRY("P23", "every sixty-fourth entry is missing from the recording");

    private final String policy;
    private final String sentence;

    Bug(String policy, String sentence) {
        this.policy = policy;
        this.sentence = sentence;
    }

    /** Id of the policy that this violates. */
    public String policy() {
        return policy;
    }

    /** What is wrong, for {@code --list-bugs}. */
    public String sentence() {
        return sentence;
    }
}
