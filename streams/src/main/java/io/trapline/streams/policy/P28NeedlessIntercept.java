package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.schemas.kernel.KernelVersion;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.schemas.table.MsrPassthrough;
import io.trapline.schemas.table.Msrs;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.MsrAccess;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.profile.MsrFilter;
import java.util.List;
import java.util.Set;

/**
 * Detects exits for MSRs that this kernel can pass through: which they are, how many, and under which condition interception
 * is right all the same. Their time stands in the exits' row of the same detail.
 */
final class P28NeedlessIntercept implements Policy {
    private static final Description DESCRIPTION = new Description(
            "P28",
            "No exit for an MSR that this kernel can pass through",
            Severity.PERF,
            PolicyKind.OnIsa.both(PolicyKind.HINT),
            List.of(EventFamily.ENTRY, EventFamily.EXIT, EventFamily.GUEST_MSR),
            "R22",
            "nothing so far",
            null);

    private static final Rules VMX = new Rules(ExitReasons.VMX);
    private static final Rules SVM = new Rules(ExitReasons.SVM);

    /** Rules of an ISA, to be found by index without a box. */
    private static final class Rules {
        private final long[] indexes;
        private final Violation[] ofReads;
        private final Violation[] ofWrites;

        private Rules(int isa) {
            List<MsrPassthrough> rules = MsrPassthrough.of(isa).stream()
                    .filter(P28NeedlessIntercept::concernsOrdinaryGuests)
                    .toList();
            indexes = rules.stream().mapToLong(MsrPassthrough::index).toArray();
            ofReads = rules.stream()
                    .map(rule -> rule.reads() ? violation(rule, false) : null)
                    .toArray(Violation[]::new);
            ofWrites = rules.stream()
                    .map(rule -> rule.writes() ? violation(rule, true) : null)
                    .toArray(Violation[]::new);
        }

        private Violation of(long index, boolean write) {
            for (int place = 0; place < indexes.length && indexes[place] <= index; place++) {
                if (indexes[place] == index) {
                    return write ? ofWrites[place] : ofReads[place];
                }
            }
            return null;
        }
    }

    private final MsrFilter filter;

    /** {@code filter} null where nobody says. */
    P28NeedlessIntercept(MsrFilter filter) {
        this.filter = filter;
    }

    /** XFD has a policy of its own (P12), and what only protected guests are given nobody else misses. */
    private static boolean concernsOrdinaryGuests(MsrPassthrough rule) {
        return rule.index() != Msrs.IA32_XFD && !rule.condition().startsWith("SEV-");
    }

    private static Violation violation(MsrPassthrough rule, boolean write) {
        String detail = "0x" + Long.toHexString(rule.index()) + (write ? " write" : " read");
        String since = rule.since() == null ? "" : " since " + rule.since();
        String condition = " (condition: " + rule.condition() + ")";
        // The x2APIC's are opened together: one finding, not twenty.
        Violation violation = MsrFilter.isX2apic(rule.index())
                ? Violation.wrong(
                        "x2APIC",
                        () -> "no exits for MSRs 0x800-0x8ff of the x2APIC, which KVM can pass through" + since
                                + condition,
                        () -> "kvm_msr of " + detail + " and the like in exits of L1; the rows 0x8.. of the exits have"
                                + " their time. They are right where that condition does not hold")
                : Violation.wrong(
                        detail,
                        () -> "no exit for the " + (write ? "write" : "read") + " of " + Msrs.name(rule.index())
                                + ", which KVM can pass through" + since + condition,
                        () -> "kvm_msr of it in exits of L1; the row " + detail + " of the exits has their time. They"
                                + " are right where that condition does not hold, or a user-space MSR filter denies it");
        return rule.since() == null
                ? violation
                : violation.soundIn(
                        new KernelRange(null, KernelVersion.of(rule.since()).before()));
    }

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.MSR_TURN_ENDED);
    }

    @Override
    public List<Sound> sound() {
        return List.of(new Sound("an exit for an MSR in kernels older than its entry in the list", null));
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        MsrAccess access = state.msrAccess();
        // Which exit was for which MSR is sure only where there is one. L2 has another list (R24).
        if (turn.msrAccesses() != 1 || access.failed() || turn.level() == Level.L2) {
            return;
        }
        Violation violation = (turn.isa() == ExitReasons.SVM ? SVM : VMX).of(access.index(), access.write());
        if (violation == null || isRight(access, state)) {
            judgement.checked();
        } else if (turn.level() == Level.UNKNOWN) {
            judgement.undecided();
        } else {
            judgement.violated(violation);
        }
    }

    /** Interception that ends only with the guest's first use, or that is known to be asked for. */
    private boolean isRight(MsrAccess access, VcpuState state) {
        boolean filtered = filter != null && !filter.allows(access.index(), access.write());
        boolean opensByUse = access.index() == Msrs.IA32_SPEC_CTRL || access.index() == Msrs.IA32_PRED_CMD;
        boolean unopened = opensByUse && !state.openedMsrs().contains(access.index());
        // R9: by the guest's CPUID.
        boolean noXfd =
                access.index() == Msrs.IA32_XFD_ERR && !state.guestCpuid().hasXfd();
        return filtered || unopened || noXfd;
    }
}
