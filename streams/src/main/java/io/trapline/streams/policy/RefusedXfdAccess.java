package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.Msrs;
import io.trapline.streams.core.GuestCpuid;
import io.trapline.streams.core.MsrAccess;
import io.trapline.streams.core.RefusedAccess;
import io.trapline.streams.core.Turn;

/** What R3 and R10 refuse, and what must follow: the part that {@code P13} and {@code P26} share. */
final class RefusedXfdAccess {
    private RefusedXfdAccess() {}

    /** Why KVM must refuse this write; null where nothing that is known speaks against it. */
    static String flawOf(MsrAccess write, GuestCpuid cpuid) {
        if ((write.data() & ~Msrs.XFD_XTILE_DATA) != 0) {
            return "it has bits beside 40000";
        } else if (cpuid.lacksXfd()) {
            return "the guest's CPUID has no XFD";
        }
        // R1: without permission for tile data zero is still accepted.
        return write.data() != 0 && cpuid.lacksTiles() ? "the guest's CPUID has no tile data" : null;
    }

    /** The access as kvm_msr prints it. */
    static String text(long index, boolean write, long data) {
        return (write ? "msr_write " : "msr_read ") + Long.toHexString(index) + " = 0x" + Long.toHexString(data);
    }

    /** The guest, or L1 in its place, gets #GP with code 0 before the next entry. */
    static void judge(Turn turn, Judgement judgement) {
        RefusedAccess refused = turn.refusedAccess();
        switch (refused.answer()) {
            case GP -> judgement.checked();
            case OTHER_EXIT -> judgement.undecided();
            case OTHER_EXCEPTION -> judgeMissing(turn, "kvm_inj_exception of vector " + refused.vector(), judgement);
            case NONE -> judgeMissing(turn, "no kvm_inj_exception", judgement);
        }
    }

    private static void judgeMissing(Turn turn, String observed, Judgement judgement) {
        if (turn.userspace()) {
            // It may have taken the event back (KVM_SET_VCPU_EVENTS).
            judgement.undecided();
            return;
        }
        RefusedAccess refused = turn.refusedAccess();
        String access = text(refused.index(), refused.write(), refused.data());
        judgement.violated(Violation.missing(
                "no #GP",
                EventFamily.INJECTION,
                () -> "kvm_inj_exception: #GP (0x0) before the kvm_entry after " + access + " (#GP)",
                () -> observed));
    }
}
