package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Exits;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.PresentL2;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * Detects MSR exits of L2 that went the wrong way: KVM kept an access that L1 must get, or gave L1 one that it did not ask
 * for. L1's bitmap is in no record; what is checked is what holds whatever it says.
 */
final class P15MsrExitRouted implements Policy {
    /** MSRs that a bitmap covers, from each of its bases; SVM's has a third. */
    private static final long COVERED = 0x2000;

    private static final long HIGH = 0xc000_0000L;
    private static final long SVM_HIGHER = 0xc001_0000L;

    private static final Description DESCRIPTION = new Description(
            "P15",
            "L2 MSR exit is routed as B12 says",
            Severity.SECURITY,
            PolicyKind.OnIsa.both(PolicyKind.HINT),
            List.of(EventFamily.GUEST_MSR, EventFamily.NESTED),
            "R23",
            "KVM: x86: nVMX: close leak of L0's x2APIC MSRs (CVE-2019-3887)",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.L2_TURN_ENDED);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        if (turn.level() != Level.L2 || !Exits.isMsrAccess(turn.isa(), turn.reason())) {
            return;
        }
        if (turn.reflectsItsExit()) {
            judgeReflected(state.presentL2(), turn, judgement);
        } else if (turn.keepsMsrAccess()) {
            judgeKept(state.presentL2(), turn, judgement);
        } else {
            // A filter's exit to user space, or a tracepoint that was off.
            judgement.undecided();
        }
    }

    private static void judgeKept(PresentL2 l2, Turn turn, Judgement judgement) {
        boolean svm = turn.isa() == ExitReasons.SVM;
        if (isCovered(turn.firstMsr(), svm)) {
            judgement.checked();
        } else if (svm && !l2.interceptsKnown()) {
            judgement.undecided();
        } else if (svm && !l2.interceptsMsrs()) {
            judgement.checked();
        } else {
            judgement.violated(Violation.contradicts(
                    "kept outside the bitmap",
                    () -> "kvm_nested_vmexit_inject, as no bitmap covers MSR " + Long.toHexString(turn.firstMsr()),
                    () -> "KVM emulated the access"));
        }
    }

    private static void judgeReflected(PresentL2 l2, Turn turn, Judgement judgement) {
        if (turn.msrAccesses() > 0) {
            judgement.violated(Violation.contradicts(
                    "both ways", () -> "kvm_msr or kvm_nested_vmexit_inject of the access", () -> "both"));
        } else if (turn.isa() == ExitReasons.SVM) {
            judgeSvmReflected(l2, judgement);
        } else if (!Exits.namesMsr(turn.isa(), turn.reason())) {
            // Before the forms with an immediate no record names the MSR.
            judgement.undecided();
        } else if (l2.hasKept(turn.info1(), Exits.writesMsr(turn.isa(), turn.reason(), turn.info1()))) {
            judgement.violated(Violation.contradicts(
                    "another answer",
                    () -> "MSR " + Long.toHexString(turn.info1()) + " kept by KVM, as before for this VMCS of L1",
                    () -> "kvm_nested_vmexit_inject"));
        } else {
            judgement.checked();
        }
    }

    private static void judgeSvmReflected(PresentL2 l2, Judgement judgement) {
        if (!l2.interceptsKnown()) {
            judgement.undecided();
        } else if (l2.interceptsMsrs()) {
            judgement.checked();
        } else {
            judgement.violated(Violation.contradicts(
                    "not wanted",
                    () -> "no kvm_nested_vmexit_inject of an MSR access, as L1 intercepts none",
                    () -> "kvm_nested_vmexit_inject"));
        }
    }

    private static boolean isCovered(long msr, boolean svm) {
        return isFrom(0, msr) || isFrom(HIGH, msr) || svm && isFrom(SVM_HIGHER, msr);
    }

    private static boolean isFrom(long base, long msr) {
        return msr >= base && msr < base + COVERED;
    }
}
