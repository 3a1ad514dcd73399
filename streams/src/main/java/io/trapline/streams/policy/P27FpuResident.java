package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/** Detects entries without the guest's FPU state in the registers, and loads and unloads that do not alternate. */
final class P27FpuResident implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P27",
            "Guest FPU is loaded before entry and load/unload alternate",
            Severity.LOST,
            PolicyKind.OnIsa.both(PolicyKind.TRACE),
            List.of(EventFamily.ENTRY, EventFamily.FPU),
            "R18",
            "KVM: x86: Harden KVM against imbalanced load/put of guest FPU state (9bc610b6a2a7)",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.ENTERED, Occasion.FPU_LOADED, Occasion.FPU_UNLOADED);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        if (!state.fpuKnown()) {
            return;
        }
        boolean loaded = occasion != Occasion.FPU_LOADED;
        if (state.fpuLoaded() == loaded) {
            judgement.checked();
            return;
        }
        String cause = switch (occasion) {
            case ENTERED -> "entry without load";
            case FPU_LOADED -> "load after load";
            case FPU_UNLOADED -> "unload after unload";
            default -> throw new IllegalArgumentException("P27 judges entries and the FPU: " + occasion);
        };
        judgement.violated(Violation.missing(
                cause,
                EventFamily.FPU,
                () -> loaded ? "kvm_fpu load before it" : "kvm_fpu unload before it",
                () -> "none since the last " + (loaded ? "unload" : "load")));
    }
}
