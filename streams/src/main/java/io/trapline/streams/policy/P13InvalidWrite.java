package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.MsrAccess;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.profile.RuleVariant;
import java.util.List;
import java.util.Set;

/**
 * Detects writes of IA32_XFD and IA32_XFD_ERR that KVM should have refused, and refused ones that the guest gets no #GP for
 * or that change the register all the same. On SVM it is {@link P26AmxMsrsRefused}.
 */
final class P13InvalidWrite implements Policy {
    /** Before 5.17 KVM knows neither MSR: with ignore_msrs any access to them succeeds (R33). */
    static final KernelRange XFD_UNKNOWN = RuleVariant.XFD_IN_TABLE.before();

    private static final Description DESCRIPTION = new Description(
            "P13",
            "Invalid XFD / XFD_ERR write gives #GP and changes nothing",
            Severity.WRONG,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.GUEST_MSR),
            "R3",
            "KVM: x86: Filter out XTILE_CFG if XTILE_DATA isn't permitted (55cd57b596e8)",
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
        return List.of(new Sound(
                "an accepted write of either MSR, which KVM does not know and ignore_msrs may ignore", XFD_UNKNOWN));
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        if (occasion == Occasion.GUEST_MSR_ACCESS) {
            judgeWrite(state, judgement);
        } else if (turn.isa() == ExitReasons.VMX) {
            judgeEffect(state, turn, judgement);
        }
    }

    /** Whether it was refused without need is not asked: a user-space filter may have done it (R21). */
    private static void judgeWrite(VcpuState state, Judgement judgement) {
        MsrAccess access = state.msrAccess();
        if (!access.ofXfd() || !access.write() || access.failed() || state.isa() != ExitReasons.VMX) {
            return;
        }
        String flaw = RefusedXfdAccess.flawOf(access, state.guestCpuid());
        if (flaw == null) {
            judgement.checked();
        } else {
            judgement.violated(Violation.wrong(
                            "accepted",
                            () -> RefusedXfdAccess.text(access.index(), true, access.data()) + " (#GP), as " + flaw,
                            () -> "accepted")
                    .soundIn(XFD_UNKNOWN));
        }
    }

    private static void judgeEffect(VcpuState state, Turn turn, Judgement judgement) {
        boolean changed = state.keptXfd().shown()
                && state.keptXfd().after() != state.keptXfd().before();
        if (changed) {
            String before = Long.toHexString(state.keptXfd().before());
            String after = Long.toHexString(state.keptXfd().after());
            judgement.violated(Violation.contradicts(
                    "changed", () -> "1c4 still " + before + " after a write that gave #GP", () -> "1c4 is " + after));
        } else if (turn.refusedAccess().seen()) {
            RefusedXfdAccess.judge(turn, judgement);
        } else {
            judgement.checked();
        }
    }
}
