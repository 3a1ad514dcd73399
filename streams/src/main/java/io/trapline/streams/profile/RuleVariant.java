package io.trapline.streams.profile;

import io.trapline.schemas.kernel.KernelRange;
import io.trapline.schemas.kernel.KernelVersion;

/**
 * What changed in a rule of the specification (sections 2.2 and 3), and with which kernel: says which variant of the rule
 * holds in the kernels of a profile. It is the table of mainline; stable trees carry some of it back. How the forms of
 * events changed is known where they are read.
 */
public enum RuleVariant {
    XFD_PASSED_THROUGH(
            "R4",
            "the first accepted non-zero write of IA32_XFD ends its interception",
            "5.16",
            "5.17",
            "b5274b1b7ba8, kvm: x86: Disable interception for IA32_XFD on demand"),
    EXCEPTION_BITMAP_OF_VE(
            "R11", "#VE is intercepted with CONFIG_KVM_INTEL_PROVE_VE", "6.9", "6.10", "trees 6.9 and 6.10"),
    XFD_ERR_CAPTURED(
            "R12",
            "a #NM exit reads IA32_XFD_ERR with IRQs off",
            "5.16",
            "5.17",
            "ec5be88ab29f, kvm: x86: Intercept #NM for saving IA32_XFD_ERR"),
    XFD_ERR_KEPT_WITH_CR0_TS(
            "R12",
            "a #NM exit with CR0.TS = 1 leaves IA32_XFD_ERR alone",
            "6.14",
            "6.15",
            "3ef0df3f760f, KVM: VMX: Don't modify guest XFD_ERR if CR0.TS=1"),
    XFD_SYNCED(
            "R15",
            "an exit on the slow path reads IA32_XFD once the guest writes it freely",
            "5.16",
            "5.17",
            "5429cead0119, x86/fpu: Provide fpu_sync_guest_vmexit_xfd_state()"),
    VMX_EXIT_IN_LOOP("R17", "VMX writes kvm_exit in the run loop, with IRQs off", "5.9", "5.10", "trees 5.4 and 5.10"),
    ENTRY_IN_LOOP(
            "R17",
            "kvm_entry is written in the run loop: each re-entry of the fast path has one",
            "5.10",
            "5.11",
            "trees 5.10 and 5.11"),
    SVM_EXIT_IN_LOOP(
            "R17",
            "SVM writes kvm_exit in the run loop, with IRQs off: each exit of the fast path has one",
            "6.4",
            "6.5",
            "791a089861fc, KVM: SVM: Invoke trace_kvm_exit() for fastpath VM-Exits"),
    FAST_PATH_OF_ICR_AND_HLT(
            "R17",
            "writes of the x2APIC ICR and HLT re-enter from the fast path, on SVM too",
            "6.11",
            "6.12",
            "trees 6.11.11 and 6.12.19"),
    FAST_PATH_OF_INVD_AND_IMMEDIATE(
            "R17", "INVD and MSR_WRITE_IMM re-enter from the fast path", "6.17", "6.18", "trees 6.17 and 6.18.2"),
    XSTATE_BV_FOLLOWS_XFD(
            "R19",
            "XSTATE_BV of saved guest state is clear where XFD is set",
            "6.18",
            "6.19",
            "b45f72177594, x86/fpu: Clear XSTATE_BV[i] in guest XSAVE state whenever XFD[i]=1"),
    NESTED_LISTS_FILTERED(
            "R21",
            "the MSR lists of nested entries and exits obey the user-space filter",
            "6.12",
            "6.13",
            "653ea4489e69, KVM: nVMX: Honor userspace MSR filter lists for nested VM-Enter/VM-Exit"),
    INTERCEPTS_RECALCULATED(
            "R21",
            "a change of the filter recalculates all intercepts; there is no table of MSRs and no limit any more",
            "6.16",
            "6.17",
            "trees 6.16.1 and 6.17"),
    XFD_IN_TABLE("R22", "IA32_XFD and IA32_XFD_ERR can be passed through on VMX", "5.16", "5.17", "tree 5.17-rc5"),
    FLUSH_CMD_IN_TABLE("R22", "IA32_FLUSH_CMD can be passed through", "6.2", "6.4", "trees 6.2.12 and 6.4"),
    APERF_AND_MPERF_IN_TABLE(
            "R22", "reads of APERF and MPERF can be passed through", "6.16", "6.17", "trees 6.16.1 and 6.17"),
    SHADOW_STACKS_IN_TABLE("R22", "the CET MSRs can be passed through", "6.17", "6.18", "trees 6.17 and 6.18.2"),
    PMU_IN_TABLE("R22", "the MSRs of the mediated PMU can be passed through", "6.19", "7.0", "trees 6.19 and 7.0"),
    FLUSH_CMD_MERGED("R24", "IA32_FLUSH_CMD is merged for L2", "6.2", "6.4", "trees 6.2.12 and 6.4"),
    APERF_AND_MPERF_MERGED("R24", "APERF and MPERF are merged for L2", "6.16", "6.17", "trees 6.16.1 and 6.17"),
    SHADOW_STACKS_MERGED("R24", "the CET MSRs are merged for L2", "6.17", "6.18", "trees 6.17 and 6.18.2"),
    PMU_MERGED("R24", "the MSRs of the mediated PMU are merged for L2", "6.19", "7.0", "trees 6.19 and 7.0"),
    EXCEPTIONS_MORPHED_WHEN_QUEUED(
            "R26",
            "an exception that L1 wants becomes a nested exit when it is queued, not when it is injected",
            "6.0",
            "6.1",
            "KVM: x86: Morph pending exceptions to pending VM-Exits at queue time"),
    TDX_OPEN_FROM_CREATION("R31", "a TDX vCPU with tile data is synced from the start", "6.15", "6.16", "tree 6.16.1");

    private final String rule;
    private final String change;
    private final KernelVersion lastWithout;
    private final KernelVersion first;
    private final String source;

    RuleVariant(String rule, String change, String lastWithout, String first, String source) {
        this.rule = rule;
        this.change = change;
        this.lastWithout = KernelVersion.of(lastWithout);
        this.first = KernelVersion.of(first);
        this.source = source;
    }

    /** Number of the rule: {@code R12}. */
    public String rule() {
        return rule;
    }

    /** What holds since then. */
    public String change() {
        return change;
    }

    /** First kernel in which the change was read. */
    public KernelVersion first() {
        return first;
    }

    /** The commit, or the kernel trees that were compared. */
    public String source() {
        return source;
    }

    /** Kernels without the change. One that is neither here nor in {@link #since} was not read. */
    public KernelRange before() {
        return KernelRange.upTo(lastWithout);
    }

    /** Kernels with the change. */
    public KernelRange since() {
        return KernelRange.since(first);
    }
}
