package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.Msrs;
import io.trapline.streams.core.MsrAccess;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.profile.MsrFilter;
import java.util.List;
import java.util.Set;

/**
 * Detects accesses that succeed in the kernel although the VMM's MSR filter denies them. The filter is told by the user:
 * without it there is nothing to judge.
 */
final class P17FilteredMsr implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P17",
            "A filtered MSR never succeeds in the kernel",
            Severity.SECURITY,
            PolicyKind.OnIsa.both(PolicyKind.TRACE),
            List.of(EventFamily.GUEST_MSR),
            "R21",
            "KVM: nVMX: Handle dynamic MSR intercept toggling (67f4b9969c30)",
            "6.13");

    private final MsrFilter filter;

    /** {@code filter} null where nobody says. */
    P17FilteredMsr(MsrFilter filter) {
        this.filter = filter;
    }

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public String input() {
        return "MSR filter";
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.GUEST_MSR_ACCESS);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        if (filter == null) {
            return;
        }
        MsrAccess access = state.msrAccess();
        if (access.failed() || filter.allows(access.index(), access.write())) {
            judgement.checked();
            return;
        }
        String text = "0x" + Long.toHexString(access.index()) + (access.write() ? " write" : " read");
        String name = Msrs.name(access.index());
        judgement.violated(Violation.wrong(
                text,
                () -> "#GP or an exit to user space for the " + text + (name == null ? "" : " of " + name)
                        + ", which the filter denies",
                () -> "kvm_msr without (#GP)"));
    }
}
