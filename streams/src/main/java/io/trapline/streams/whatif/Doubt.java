package io.trapline.streams.whatif;

/** Why a recording bounds a number instead of giving it (specification, 5.1). */
public enum Doubt {
    LOST("events were lost"),
    FLAG("nothing shows since when writes of IA32_XFD do not exit: msr:* was not recorded"),
    HIDDEN_WRITES("writes of IA32_XFD that do not exit leave no record"),
    XFD("IA32_XFD at a #NM was not recorded: msr:* shows it"),
    PATH("an exit may have been handled on the fast path: no record of the slow one tells"),
    LEVEL("which level an exit came from was not recorded: kvm_nested_vmexit shows it"),
    REFLECTED("whether L1 got a #NM was not recorded: kvm_nested_vmexit_inject shows it"),
    EXCEPTION("exits do not say which exception they are for"),
    SPEC_CTRL("nothing shows whether the guest had opened SPEC_CTRL"),
    HOST("nothing shows whether the host has XFD"),
    XCR0("no record shows XCR0"),
    REARM("exits of L2 read nothing back and do not count towards closing it again"),
    DELIVERY("an exception that KVM injects can take exits of its own to be delivered"),
    NEIGHBOURS("an exit more or less moves when an interrupt of another vCPU comes in"),
    FILTER("accesses to IA32_XFD exit although they were opened: a filter of user space, or a bug"),
    STALE_EB01("vmcs01's exception bitmap may be stale (R28)");

    private final String sentence;

    Doubt(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
