package io.trapline.app.proof;

import java.util.ArrayList;
import java.util.List;

/** One thing done to one line of a vCPU's thread in a sound recording: what a broken kernel would have written. */
enum Damage {
    REMOVED,
    SWAPPED_WITH_NEXT,
    /** The flag column says that the work of the irqoff window was done with IRQs on. */
    IRQS_ON,
    /** {@code read_msr 1c4} shows a bit that no guest may have. */
    SYNC_OF_ANOTHER_FEATURE,
    SYNC_OF_ANOTHER_VALUE,
    CAPTURE_OF_ANOTHER_VALUE,
    CLEARED_WITH_A_VALUE,
    RESTORED_ANOTHER_VALUE,
    RESTORED_ZERO,
    /** An accepted guest write has a bit that has to be refused. */
    ACCEPTED_BAD_BITS,
    /** A refused guest write is accepted. */
    REFUSAL_FORGOTTEN,
    /** #UD is injected instead. */
    ANOTHER_EXCEPTION,
    /** An MSR access of L1 is one to IA32_XFD, which does not exit any more. */
    ANOTHER_MSR,
    /** The exit of a #NM is one of a #GP. */
    NOT_A_NM,
    FPU_TURNED,
    /** A CPUID exit is one of WBINVD, which no rule tells from it. */
    ANOTHER_REASON;

    private static final String VALUE = "value [0-9a-f]+";

    boolean fits(RecordedTurns turns, int at) {
        RecordKind kind = turns.kind(at);
        return switch (this) {
            case REMOVED -> true;
            case SWAPPED_WITH_NEXT -> at + 1 < turns.count();
            case IRQS_ON -> kind == RecordKind.SYNC || kind == RecordKind.CAPTURE || kind == RecordKind.CLEAR;
            case SYNC_OF_ANOTHER_FEATURE -> kind == RecordKind.SYNC && !turns.isNm(turns.turnOf(at));
            case SYNC_OF_ANOTHER_VALUE -> kind == RecordKind.SYNC;
            case CAPTURE_OF_ANOTHER_VALUE -> kind == RecordKind.CAPTURE;
            case CLEARED_WITH_A_VALUE -> kind == RecordKind.CLEAR;
            case RESTORED_ANOTHER_VALUE, RESTORED_ZERO -> kind == RecordKind.RESTORE;
            case ACCEPTED_BAD_BITS -> kind == RecordKind.ARMING;
            case REFUSAL_FORGOTTEN -> kind == RecordKind.REFUSED;
            case ANOTHER_EXCEPTION -> kind == RecordKind.INJECT_NM || kind == RecordKind.INJECT_GP;
            case ANOTHER_MSR -> kind == RecordKind.GUEST_MSR && turns.line(at).is("kvm_msr", "msr_read \\w+ = 0x\\w+");
            case NOT_A_NM -> kind == RecordKind.EXIT && turns.isNm(turns.turnOf(at));
            case FPU_TURNED -> kind == RecordKind.LOAD || kind == RecordKind.UNLOAD;
            case ANOTHER_REASON ->
                kind == RecordKind.EXIT && turns.reason(turns.turnOf(at)).equals("CPUID");
        };
    }

    List<String> done(List<String> recording, RecordedTurns turns, int at) {
        List<String> broken = new ArrayList<>(recording);
        int place = turns.line(at).place();
        String line = turns.line(at).text();
        switch (this) {
            case REMOVED -> broken.remove(place);
            case SWAPPED_WITH_NEXT -> {
                broken.set(place, turns.line(at + 1).text());
                broken.set(turns.line(at + 1).place(), line);
            }
            default -> {
                String other = rewritten(line, turns.kind(at));
                if (other.equals(line)) {
                    throw new IllegalStateException(this + " changes nothing in " + line);
                }
                broken.set(place, other);
            }
        }
        return broken;
    }

    private String rewritten(String line, RecordKind kind) {
        return switch (this) {
            case REMOVED, SWAPPED_WITH_NEXT -> throw new IllegalStateException("not one of its line's text: " + this);
            case IRQS_ON -> line.replaceFirst("\\] d(\\S+) ", "] .$1 ");
            case SYNC_OF_ANOTHER_FEATURE, RESTORED_ANOTHER_VALUE -> line.replaceFirst(VALUE, "value 80000");
            case SYNC_OF_ANOTHER_VALUE, CAPTURE_OF_ANOTHER_VALUE ->
                line.replaceFirst(VALUE, line.endsWith("value 0") ? "value 40000" : "value 0");
            case CLEARED_WITH_A_VALUE -> line.replaceFirst(VALUE, "value 40000");
            case RESTORED_ZERO -> line.replaceFirst(VALUE, "value 0");
            case ACCEPTED_BAD_BITS -> line.replaceFirst("= 0x\\w+", "= 0x20000");
            case REFUSAL_FORGOTTEN -> line.replace(" (#GP)", "");
            case ANOTHER_EXCEPTION -> line.replaceFirst("#(NM|GP.*)$", "#UD");
            case ANOTHER_MSR -> line.replaceFirst("msr_read \\w+ = \\w+", "msr_read 1c4 = 0x40000");
            case NOT_A_NM -> line.replace("intr_info 0x80000307", "intr_info 0x8000030d");
            case FPU_TURNED ->
                kind == RecordKind.LOAD ? line.replace("load", "unload") : line.replace("unload", "load");
            case ANOTHER_REASON -> line.replace("reason CPUID", "reason WBINVD");
        };
    }
}
