package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.profile.RuleVariant;
import java.util.List;
import java.util.Set;

/**
 * Detects guest FPU state in memory that still holds tile data while the guest's IA32_XFD disarms it: restoring it raises #NM
 * in the host, so the guest can panic the host.
 */
final class P20XstateWithinXfd implements Policy {
    /** The write itself takes the bit out of the memory, which no event shows. */
    private static final KernelRange CLEARED_BY_THE_WRITE = RuleVariant.XSTATE_BV_FOLLOWS_XFD.since();

    private static final Description DESCRIPTION = new Description(
            "P20",
            "XSTATE_BV[i] = 0 wherever XFD[i] = 1 in saved guest state",
            Severity.SECURITY,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.HINT),
            List.of(EventFamily.XSTATE, EventFamily.FPU, EventFamily.HOST_MSR_XFD),
            "R19",
            "x86/fpu: Clear XSTATE_BV[i] in guest XSAVE state whenever XFD[i]=1 (b45f72177594)",
            "6.19");

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.GUEST_XSTATE);
    }

    @Override
    public List<Sound> sound() {
        return List.of(new Sound(
                "an entry after the write of IA32_XFD with no x86_fpu event, as the write itself clears the bit",
                CLEARED_BY_THE_WRITE));
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        switch (state.guestXstate().agreement()) {
            case NONE -> {}
            case HOLDS -> judgement.checked();
            case OPEN -> judgement.undecided();
            case BROKEN ->
                judgement.violated(Violation.contradicts(
                        "tile data",
                        () -> "xfeatures of the guest without 40000, as its XFD is "
                                + Long.toHexString(state.guestXstate().xfd()),
                        () -> "xfeatures with 40000"));
            case ENTERED ->
                judgement.violated(Violation.contradicts(
                                "entered",
                                () -> "an x86_fpu event that shows the saved state without 40000, as the guest has set"
                                        + " it in XFD since",
                                () -> "kvm_entry with none")
                        .soundIn(CLEARED_BY_THE_WRITE));
        }
    }
}
