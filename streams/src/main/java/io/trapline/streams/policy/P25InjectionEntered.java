package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Exits;
import io.trapline.streams.core.Injection;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/** Detects entries that do not carry the event that KVM announced to inject: the guest misses it, or gets another one. */
final class P25InjectionEntered implements Policy {
    private static final int BREAKPOINT = 3;
    private static final int OVERFLOW = 4;
    private static final int DOUBLE_FAULT = 8;

    private static final int TYPE_INTERRUPT = 0;
    private static final int TYPE_NMI = 2;
    private static final int TYPE_EXCEPTION = 3;
    private static final int TYPE_SOFT_INTERRUPT = 4;
    private static final int TYPE_SOFT_EXCEPTION = 6;

    private static final Description DESCRIPTION = new Description(
            "P25",
            "Announced injection matches the entry",
            Severity.WRONG,
            PolicyKind.OnIsa.both(PolicyKind.TRACE),
            List.of(EventFamily.INJECTION, EventFamily.ENTRY_INJECTION),
            "R13",
            "KVM: x86: Morph pending exceptions to pending VM-Exits at queue time",
            null);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Occasion> occasions() {
        return Set.of(Occasion.INJECTING_TURN_ENDED);
    }

    @Override
    public void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement) {
        Injection injection = turn.injection();
        if (!injection.entryInfoKnown()) {
            return;
        }
        if (matches(injection, turn.isa())) {
            judgement.checked();
        } else if (injection.mayHaveChanged() || injection.replaced() || mayBeReplaced(injection, turn.isa())) {
            judgement.undecided();
        } else {
            judgement.violated(violation(state, injection));
        }
    }

    private static boolean matches(Injection injection, int isa) {
        return Exits.vector(injection.entryInfo()) == injection.vector()
                && Exits.eventType(injection.entryInfo()) == typeOf(injection, isa);
    }

    private static int typeOf(Injection injection, int isa) {
        if (injection.interrupt()) {
            return injection.soft() ? TYPE_SOFT_INTERRUPT : TYPE_INTERRUPT;
        }
        return isa == ExitReasons.VMX && isSoftException(injection) ? TYPE_SOFT_EXCEPTION : TYPE_EXCEPTION;
    }

    private static boolean isSoftException(Injection injection) {
        return injection.vector() == BREAKPOINT || injection.vector() == OVERFLOW;
    }

    /**
     * A #DF or an NMI takes the place of another event. An entry that carries nothing may be one into real mode on VMX, and
     * on SVM one whose #BP or #OF could not be emulated.
     */
    private static boolean mayBeReplaced(Injection injection, int isa) {
        int vector = Exits.vector(injection.entryInfo());
        if (vector < 0) {
            return isa == ExitReasons.VMX
                    ? injection.entryMayBeRealMode()
                    : !injection.interrupt() && isSoftException(injection);
        }
        int type = Exits.eventType(injection.entryInfo());
        return type == TYPE_NMI || type == TYPE_EXCEPTION && vector == DOUBLE_FAULT;
    }

    private static Violation violation(VcpuState state, Injection injection) {
        Violation violation = Violation.contradicts(
                injection.interrupt() ? "interrupt" : "exception " + injection.vector(),
                () -> "kvm_entry that carries the announced " + (injection.interrupt() ? "interrupt" : "exception")
                        + " 0x" + Integer.toHexString(injection.vector()),
                () -> "intr_info 0x" + Long.toHexString(injection.entryInfo()));
        // An exit that L1 gets takes the event of L2 with it.
        return state.mayBeNested() ? violation.awaiting(EventFamily.NESTED_REFLECTED) : violation;
    }
}
