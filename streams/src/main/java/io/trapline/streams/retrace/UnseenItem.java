package io.trapline.streams.retrace;

import io.trapline.streams.core.NotObservable;
import java.util.List;

/**
 * State that no record shows (specification, sections 1.1 and 2.3), or that the replay does not follow yet: what is assumed
 * of it instead.
 *
 * @param title as the specification calls it
 * @param why why it cannot be known
 * @param onceNowi what is assumed of it besides where {@code nowi} is set, or null
 * @param rules whose assumption ({@link NotObservable}) stands in for it; may be none
 */
public record UnseenItem(String title, String why, String onceNowi, List<Rule> rules) {
    public static final List<UnseenItem> ALL = List.of(
            unseen(
                    "b01",
                    "no tracepoint shows the MSR bitmap for L1",
                    "IA32_XFD is passed through (R4)",
                    Rule.R2,
                    Rule.R21,
                    Rule.R22),
            unseen("b02", "no tracepoint shows the MSR bitmap for L2", null, Rule.R24),
            unseen("b12", "it lies in L1's memory; one bit shows in where an MSR exit of L2 goes", null),
            unseen(
                    "eb01",
                    "no tracepoint shows the exception bitmap for L1",
                    "#NM is in it, unless L2 set nowi (R28)",
                    Rule.R11),
            unseen("eb02", "no tracepoint shows the exception bitmap for L2", "#NM is in it (R25)", Rule.R25),
            unseen(
                    "eb12",
                    "on VMX no tracepoint shows which exceptions L1 asks for; on SVM kvm_nested_intercepts does",
                    null),
            unseen("perm", "arch_prctl of the VMM leaves no record", null, Rule.R1),
            unseen("filter", "KVM_X86_SET_MSR_FILTER leaves no record", null, Rule.R21),
            unseen("cr0_ts", "with EPT or NPT the guest writes CR0 without an exit", null),
            unseen("exc", "queueing an exception leaves no record, only its injection does", null, Rule.R13));

    public UnseenItem {
        rules = List.copyOf(rules);
    }

    private static UnseenItem unseen(String title, String why, String onceNowi, Rule... rules) {
        return new UnseenItem(title, why, onceNowi, List.of(rules));
    }

    /** What the replay assumes of it: the rules' assumptions that are in {@link NotObservable}. */
    public List<NotObservable> assumed() {
        return NotObservable.ALL.stream()
                .filter(each -> rules.stream().anyMatch(rule -> rule.name().equals(each.rule())))
                .toList();
    }
}
