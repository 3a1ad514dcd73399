package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects XFD faults that KVM did not trap, by the guest's handler clearing IA32_XFD_ERR without a #NM exit before: the fault
 * left the register set in the host, and the guest reads what KVM has of it.
 */
final class P6TrapBeforeClear implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P6",
            "Every guest clear of XFD_ERR has a trapped #NM before it",
            Severity.LOST,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.EXCEPTION, EventFamily.GUEST_MSR, EventFamily.HOST_MSR_XFD),
            "R11",
            "nothing so far: R28, and strategies that trap too little, would show here",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.TURN_ENDED, Occasion.TURN_BROKEN);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        if (!turn.guestClear() || !state.seen(EventFamily.EXCEPTION) || !state.records(EventFamily.HOST_READ_XFD)) {
            return;
        }
        boolean armed = turn.synced() && turn.syncedValue() != 0;
        switch (turn.errTokenAtClear()) {
            case PRESENT -> judgement.checked();
            case UNKNOWN -> judgement.undecided();
            case NONE -> {
                if (armed) {
                    judgement.violated(violation(turn));
                } else {
                    // A guest that has armed nothing may write 0 as it likes.
                    judgement.undecided();
                }
            }
        }
    }

    private static Violation violation(Turn turn) {
        return Violation.missing(
                        "untrapped #NM",
                        EventFamily.EXCEPTION,
                        () ->
                                "a kvm_exit of #NM since the last write of IA32_XFD_ERR, as the guest clears it while XFD is "
                                        + Long.toHexString(turn.syncedValue()),
                        () -> "kvm_msr msr_write 1c5 = 0x0 without one")
                .withNowiProof();
    }
}
