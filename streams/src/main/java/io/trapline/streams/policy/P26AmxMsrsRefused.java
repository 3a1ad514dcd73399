package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.MsrAccess;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects accesses to IA32_XFD and IA32_XFD_ERR that succeed on an AMD host, or are refused without #GP: no AMD CPU offers
 * XFD to KVM.
 */
final class P26AmxMsrsRefused implements Policy {
    /** From here on SVM may know XFD: nobody has looked. */
    private static final KernelRange NOT_READ = KernelRange.of("7.2", null);

    private static final Description DESCRIPTION = new Description(
            "P26",
            "AMX MSRs always #GP on SVM",
            Severity.WRONG,
            new PolicyKind.OnIsa(null, PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.GUEST_MSR),
            "R3",
            "nothing so far",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.GUEST_MSR_ACCESS, Occasion.REFUSED_XFD_TURN_ENDED);
    }

    @Override
    public List<Sound> sound() {
        return List.of(
                new Sound("an accepted access, which ignore_msrs may ignore", P13InvalidWrite.XFD_UNKNOWN),
                new Sound("an accepted access, if SVM knows XFD by then", NOT_READ));
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        if (state.isa() != ExitReasons.SVM) {
            return;
        }
        if (occasion == Occasion.GUEST_MSR_ACCESS) {
            judgeAccess(state, judgement);
        } else if (turn.refusedAccess().seen()) {
            RefusedXfdAccess.judge(turn, judgement);
        }
    }

    private static void judgeAccess(VcpuState state, Judgement judgement) {
        MsrAccess access = state.msrAccess();
        if (!access.ofXfd() || access.failed()) {
            return;
        }
        String text = RefusedXfdAccess.text(access.index(), access.write(), access.data());
        // Entries say what they inject from 6.14 on, so a kernel is at one end of the tree or at the other.
        boolean recent = state.seen(EventFamily.ENTRY_INJECTION);
        judgement.violated(Violation.wrong("accepted", () -> text + " (#GP)", () -> "accepted")
                .soundIn(recent ? NOT_READ : P13InvalidWrite.XFD_UNKNOWN));
    }
}
