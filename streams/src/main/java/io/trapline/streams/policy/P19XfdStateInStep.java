package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects a CPU whose IA32_XFD is not what the last record of it said: the kernel then skips a write that it needs, and
 * restores a task's state under the wrong XFD.
 */
final class P19XfdStateInStep implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P19",
            "xfd_state equals the hardware MSR",
            Severity.LOST,
            PolicyKind.OnIsa.vmxOnly(PolicyKind.HINT),
            List.of(EventFamily.EXIT, EventFamily.HOST_MSR_XFD),
            "R18",
            "x86/fpu: Keep xfd_state in sync with MSR_IA32_XFD (10e4b5166df9, CVE-2024-35801)",
            "6.9");

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.HOST_XFD_READ);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        long before = state.cpuXfd().before();
        long read = state.cpuXfd().value();
        if (before == read) {
            judgement.checked();
            return;
        }
        // Without exits nobody knows which threads run guests, whose writes leave no record.
        judgement.violated(Violation.contradicts(
                        "read otherwise",
                        () -> "read_msr 1c4 = " + Long.toHexString(before) + ", as the record before it on this CPU",
                        () -> "read_msr 1c4 = " + Long.toHexString(read))
                .awaiting(EventFamily.EXIT));
    }
}
