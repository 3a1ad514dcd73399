package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Exits;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.Path;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects nested records that do not fit the level that runs, and exits of L2 without theirs: records are missing, or KVM
 * has lost track of the level.
 */
final class P24LevelPairing implements Policy {
    /** Up to 5.7 SVM gave L1 what came before an entry only with the exit that followed. */
    private static final KernelRange REFLECTED_LATE = KernelRange.of(null, "5.7");

    private static final Description DESCRIPTION = new Description(
            "P24",
            "Nested levels pair",
            Severity.TRACE,
            PolicyKind.OnIsa.both(PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.NESTED),
            "R29",
            "lost nested events that no marker shows",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.NESTED_ENTRY, Occasion.NESTED_EXIT, Occasion.NESTED_REFLECTION, Occasion.L2_TURN_ENDED);
    }

    @Override
    public List<Sound> sound() {
        return List.of(new Sound(
                "a kvm_nested_vmexit_inject on SVM without the kvm_nested_vmexit of that exit", REFLECTED_LATE));
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        switch (occasion) {
            case NESTED_ENTRY -> judgeRecord(state, Level.L1, "entry in L2", EventFamily.NESTED_REFLECTED, judgement);
            case NESTED_EXIT -> judgeRecord(state, Level.L2, "exit in L1", EventFamily.NESTED_ENTRY, judgement);
            case NESTED_REFLECTION ->
                judgeRecord(state, Level.L2, "reflection in L1", EventFamily.NESTED_ENTRY, judgement);
            case L2_TURN_ENDED -> judgeTurn(turn, judgement);
            default -> throw new IllegalArgumentException("P24 judges nested records and turns of L2: " + occasion);
        }
    }

    private static void judgeRecord(
            VcpuState state, Level allowed, String cause, EventFamily changes, Judgement judgement) {
        if (!state.levelProved()) {
            // R29, or a tracepoint that is off: neither passed nor violated.
            return;
        }
        if (state.level() == allowed) {
            judgement.checked();
            return;
        }
        judgement.violated(Violation.missing(
                cause,
                changes,
                () -> "the record only while " + allowed.title() + " runs",
                () -> state.level().title() + " runs"));
    }

    private static void judgeTurn(Turn turn, Judgement judgement) {
        boolean fastTimer = turn.path() == Path.FAST && Exits.isPreemptionTimer(turn.isa(), turn.reason());
        boolean wasL2 = turn.levelAtExit() == Level.L2 && turn.levelProvedAtExit();
        // Its nested records were judged when they came.
        if (!wasL2 || turn.nestedExit() || turn.level() == Level.L1 || fastTimer) {
            return;
        }
        String reason = ExitReasons.name(turn.isa(), turn.reason());
        Violation violation = Violation.missing(
                        reason,
                        EventFamily.NESTED_EXIT,
                        () -> "kvm_nested_vmexit after kvm_exit " + reason + ", as L2 ran",
                        () -> "none")
                .awaiting(EventFamily.NESTED_EXIT, EventFamily.NESTED_REFLECTED);
        boolean late = turn.isa() == ExitReasons.SVM && turn.nestedReflected();
        judgement.violated(late ? violation.soundIn(REFLECTED_LATE) : violation);
    }
}
