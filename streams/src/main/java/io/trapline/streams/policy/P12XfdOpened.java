package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.Exits;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.Replay;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects accesses of L1 to IA32_XFD that go on to exit although the first accepted non-zero write should have been the
 * last one that does; and a guest that writes zero for ever, which never opens the MSR.
 */
final class P12XfdOpened implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P12",
            "First accepted non-zero XFD write is the last L1 XFD exit",
            Severity.PERF,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.TRACE),
            List.of(EventFamily.GUEST_MSR),
            "R4",
            "nothing so far",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.TURN_ENDED);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        if (turn.steadyZeroWrites() && turn.level() == Level.L1) {
            judgement.violated(Violation.wrong(
                    "zero writes",
                    () -> "an accepted non-zero write of IA32_XFD, which ends the interception (R4)",
                    () -> Replay.STEADY_ZERO_WRITES + " accepted zero writes in a row, which never do (R5)"));
        } else if (turn.xfdExitsWhileOpen() > 0) {
            judgeXfdAccess(turn, judgement);
        } else if (turn.nowiAtExit() && Exits.isMsrAccess(turn.isa(), turn.reason())) {
            judgeOtherAccess(turn, judgement);
        }
    }

    private static void judgeXfdAccess(Turn turn, Judgement judgement) {
        switch (turn.level()) {
            case L1 ->
                judgement.violated(Violation.contradicts(
                                "exits after opening",
                                () -> "no exit of L1 for IA32_XFD once nowi is set",
                                () -> "kvm_msr of 1c4, " + turn.xfdExitsWhileOpen() + " in this exit")
                        .withNowiProof());
            case UNKNOWN -> judgement.undecided();
            case L2 -> {} // R24: accesses of L2 always exit.
        }
    }

    /** An MSR exit that names its MSR was for another one; one that does not may have been for IA32_XFD. */
    private static void judgeOtherAccess(Turn turn, Judgement judgement) {
        if (turn.level() == Level.L2) {
            return;
        }
        if (turn.msrAccesses() > 0) {
            judgement.checked();
        } else {
            judgement.undecided();
        }
    }
}
