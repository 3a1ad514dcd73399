package io.trapline.app.diff;

import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Exits;
import io.trapline.streams.core.Turn;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Exits that no instruction of the guest asks for, and what it does in answer to an interrupt: when they come is chance,
 * so they take no part where two runs are aligned.
 */
final class Asynchronous {
    private static final Set<Long> VMX = numbers(
            ExitReasons.VMX,
            "EXTERNAL_INTERRUPT",
            "INIT_SIGNAL",
            "SIPI_SIGNAL",
            "INTERRUPT_WINDOW",
            "NMI_WINDOW",
            "HLT",
            "PAUSE_INSTRUCTION",
            "TPR_BELOW_THRESHOLD",
            "EOI_INDUCED",
            "EPT_VIOLATION",
            "PREEMPTION_TIMER",
            "PML_FULL",
            "BUS_LOCK",
            "NOTIFY");
    private static final Set<Long> SVM = numbers(
            ExitReasons.SVM,
            "interrupt",
            "nmi",
            "smi",
            "init",
            "vintr",
            "iret",
            "pause",
            "hlt",
            "idle-halt",
            "npf",
            "buslock",
            "avic_incomplete_ipi");

    private static final long VMX_BASIC = 0xffff;
    private static final int NMI = 2;
    private static final long TSC_DEADLINE = 0x6e0;
    private static final long X2APIC_FIRST = 0x800;
    private static final long X2APIC_LAST = 0x8ff;

    private Asynchronous() {}

    private static Set<Long> numbers(int isa, String... names) {
        return Arrays.stream(names).map(name -> ExitReasons.number(isa, name)).collect(Collectors.toUnmodifiableSet());
    }

    static boolean is(Turn turn) {
        boolean byReason =
                turn.isa() == ExitReasons.SVM ? SVM.contains(turn.reason()) : VMX.contains(turn.reason() & VMX_BASIC);
        return byReason || isNmi(turn) || answersInterrupt(turn);
    }

    private static boolean isNmi(Turn turn) {
        return Exits.isException(turn.isa(), turn.reason())
                && turn.intrInfoKnown()
                && Exits.eventType(turn.intrInfo()) == NMI;
    }

    /** The end of an interrupt, the next tick, a wake-up of another CPU. */
    private static boolean answersInterrupt(Turn turn) {
        long msr = turn.firstMsr();
        return Exits.isMsrAccess(turn.isa(), turn.reason())
                && turn.msrAccesses() > 0
                && (msr == TSC_DEADLINE || msr >= X2APIC_FIRST && msr <= X2APIC_LAST);
    }
}
