package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Path;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects entries that do not give the guest back its pending IA32_XFD_ERR, or give it one that is not pending: its #NM
 * handler then takes the fault for another one.
 */
final class P10XfdErrRestored implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P10",
            "Entry restores a pending XFD_ERR",
            Severity.LOST,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.TRACE),
            List.of(EventFamily.ENTRY, EventFamily.EXCEPTION, EventFamily.HOST_MSR_XFD),
            "R14",
            "kvm: x86: Intercept #NM for saving IA32_XFD_ERR (ec5be88ab29f)",
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
        boolean known = turn.pendingSet() || turn.xfdErrAtExitKnown() && !turn.mayHaveCapturedUnseen();
        // R12: what is pending comes from #NM exits. R17: hardware still holds the value after a fast-path turn.
        if (!known || !state.seen(EventFamily.EXCEPTION) || turn.path() == Path.FAST) {
            return;
        }
        long pending = turn.pendingSet() ? turn.pending() : turn.xfdErrAtExit();
        long restored = turn.restored() ? turn.restoredValue() : 0;
        if (pending == restored) {
            agree(pending, state, judgement);
        } else if (turn.userspace() || turn.hidesMsrWrite() || turn.path() == Path.UNKNOWN) {
            judgement.undecided();
        } else {
            judgement.violated(violation(turn, pending, restored));
        }
    }

    /** That nothing was pending and nothing written says something only where writes are recorded. */
    private static void agree(long pending, VcpuState state, Judgement judgement) {
        if (pending != 0 || state.records(EventFamily.HOST_WRITE_XFD)) {
            judgement.checked();
        }
    }

    private static Violation violation(Turn turn, long pending, long restored) {
        String reason = ExitReasons.name(turn.isa(), turn.reason());
        String value = Long.toHexString(restored);
        if (!turn.restored()) {
            return Violation.missing(
                    reason,
                    EventFamily.HOST_WRITE_XFD,
                    () -> "write_msr 1c5 = " + Long.toHexString(pending) + " before the kvm_entry after " + reason,
                    () -> "no write_msr 1c5 of it");
        }
        return pending == 0
                ? Violation.contradicts(
                        "nothing pending",
                        () -> "no write_msr 1c5 before the kvm_entry, as nothing is pending",
                        () -> "write_msr 1c5 = " + value)
                : Violation.contradicts(
                        "another value",
                        () -> "write_msr 1c5 = " + Long.toHexString(pending) + " before the kvm_entry",
                        () -> "write_msr 1c5 = " + value);
    }
}
