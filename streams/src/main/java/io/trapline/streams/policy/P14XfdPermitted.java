package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.Msrs;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects guests that have set bits of IA32_XFD which KVM would have refused: once writes pass through, only the CPU checks
 * them, and a CPU with another XFD-capable feature than tile data accepts more.
 */
final class P14XfdPermitted implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P14",
            "XFD seen by the host is within the permitted features",
            Severity.SECURITY,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.TRACE),
            List.of(EventFamily.EXIT, EventFamily.HOST_MSR_XFD),
            "R4",
            "nothing so far",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.SYNCED_TURN);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        long value = turn.syncedValue();
        if ((value & ~Msrs.XFD_XTILE_DATA) != 0) {
            judgement.violated(Violation.wrong(
                    "bits",
                    () -> "read_msr 1c4 with no bit beside 40000",
                    () -> "read_msr 1c4 = " + Long.toHexString(value)));
        } else if (value != 0 && state.guestCpuid().lacksTiles()) {
            judgement.violated(Violation.wrong(
                    "no tile data",
                    () -> "read_msr 1c4 = 0, as 0xD.0 of the guest's CPUID has no tile data",
                    () -> "read_msr 1c4 = " + Long.toHexString(value)));
        } else {
            judgement.checked();
        }
    }
}
