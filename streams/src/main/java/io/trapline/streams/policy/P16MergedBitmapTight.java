package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.Msrs;
import io.trapline.streams.core.GroundTruth;
import io.trapline.streams.core.InterceptBits;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects MSRs that L2 may access without an exit although L0 or L1 intercepts them: a guest of the guest then reaches what
 * belongs to L1 or to the host.
 */
final class P16MergedBitmapTight implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P16",
            "B02 never more permissive than B01 or B12",
            Severity.SECURITY,
            PolicyKind.OnIsa.both(PolicyKind.MODEL),
            List.of(EventFamily.GROUND_TRUTH, EventFamily.NESTED),
            "R24",
            "KVM: x86: nVMX: close leak of L0's x2APIC MSRs (CVE-2019-3887)",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.ASSERTED_TURN_ENDED);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        GroundTruth truth = state.groundTruth();
        if (truth.leakedBeforeExit()) {
            violated(truth.leakedIndex(), truth.leakedWrite(), "it did", judgement);
        } else if (turn.nestedEntry()) {
            // Bitmaps are merged only there.
            judgeMerge(truth.intercepts(), judgement);
        }
    }

    private static void judgeMerge(InterceptBits bits, Judgement judgement) {
        boolean opened = false;
        for (int place = 0; place < bits.count(); place++) {
            boolean read = bits.leaks(place, false);
            if (read || bits.leaks(place, true)) {
                violated(bits.index(place), !read, "B02 opens it", judgement);
                return;
            }
            opened |= bits.opened(place, false) || bits.opened(place, true);
        }
        if (opened) {
            judgement.checked();
        }
    }

    private static void violated(long index, boolean write, String observed, Judgement judgement) {
        String detail = "0x" + Long.toHexString(index) + (write ? " write" : " read");
        String name = Msrs.name(index);
        judgement.violated(Violation.contradicts(
                detail,
                () -> "L2 cannot " + (write ? "write " : "read ") + (name == null ? detail : name)
                        + " without an exit, as L0 or L1 intercepts it",
                () -> observed));
    }
}
