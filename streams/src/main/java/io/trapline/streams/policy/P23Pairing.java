package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.profile.RuleVariant;
import java.util.List;
import java.util.Set;

/** Detects entries without an exit and exits without an entry: records are missing, and with them all certainty. */
final class P23Pairing implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P23",
            "Entries and exits pair",
            Severity.TRACE,
            PolicyKind.OnIsa.both(PolicyKind.TRACE),
            List.of(EventFamily.ENTRY, EventFamily.EXIT),
            "R17",
            "lost events that no marker shows",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.PAIRED, Occasion.ENTRY_AFTER_ENTRY, Occasion.EXIT_AFTER_EXIT);
    }

    @Override
    public List<Sound> sound() {
        return List.of(
                new Sound("an entry after an entry on SVM", RuleVariant.SVM_EXIT_IN_LOOP.before()),
                new Sound("an exit after an exit on VMX", RuleVariant.ENTRY_IN_LOOP.before()));
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        switch (occasion) {
            case PAIRED -> judgement.checked();
            case ENTRY_AFTER_ENTRY -> judgement.violated(entryAfterEntry(state));
            case EXIT_AFTER_EXIT -> judgement.violated(exitAfterExit(state));
            default -> throw new IllegalArgumentException("P23 judges pairs only: " + occasion);
        }
    }

    private static Violation entryAfterEntry(VcpuState state) {
        Violation violation = Violation.missing(
                "entry after entry",
                EventFamily.EXIT,
                () -> "a kvm_exit, or KVM_EXIT_FAIL_ENTRY, between two kvm_entry",
                () -> "none");
        return state.isa() == ExitReasons.VMX ? violation : violation.soundIn(RuleVariant.SVM_EXIT_IN_LOOP.before());
    }

    private static Violation exitAfterExit(VcpuState state) {
        Violation violation = Violation.missing(
                "exit after exit", EventFamily.ENTRY, () -> "a kvm_entry between two kvm_exit", () -> "none");
        return state.isa() == ExitReasons.SVM ? violation : violation.soundIn(RuleVariant.ENTRY_IN_LOOP.before());
    }
}
