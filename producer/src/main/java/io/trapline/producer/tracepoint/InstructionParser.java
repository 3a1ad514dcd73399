package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.CpuidExecuted;
import io.trapline.schemas.event.EventFields.CrAccess;
import io.trapline.schemas.event.EventFields.HaltWakeup;
import io.trapline.schemas.event.EventFields.Hypercall;
import io.trapline.schemas.event.EventKind;

/** kvm_cpuid, kvm_cr, kvm_hypercall, and kvm_vcpu_wakeup, which ends a HLT. */
final class InstructionParser {
    private static final byte[] FUNC = Text.of("func ");
    private static final byte[] IDX = Text.of(" idx ");
    private static final byte[] RAX = Text.of(" rax ");
    private static final byte[] RBX = Text.of(" rbx ");
    private static final byte[] RCX = Text.of(" rcx ");
    private static final byte[] RDX = Text.of(" rdx ");
    private static final byte[] FOUND = Text.of(", cpuid entry found");
    private static final byte[] NOT_FOUND = Text.of(", cpuid entry not found");
    private static final byte[] USED_MAX_BASIC = Text.of(", used max basic");

    private static final byte[] CR_WRITE = Text.of("cr_write ");
    private static final byte[] CR_READ = Text.of("cr_read ");

    private static final byte[] NR = Text.of("nr 0x");
    private static final byte[] A0 = Text.of(" a0 0x");
    private static final byte[] A1 = Text.of(" a1 0x");
    private static final byte[] A2 = Text.of(" a2 0x");
    private static final byte[] A3 = Text.of(" a3 0x");

    private static final byte[] WAIT = Text.of("wait time ");
    private static final byte[] POLL = Text.of("poll time ");
    private static final byte[] POLLING_VALID = Text.of(" ns, polling valid");
    private static final byte[] POLLING_INVALID = Text.of(" ns, polling invalid");

    private InstructionParser() {}

    static void parseCpuid(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.CPUID_EXECUTED);
        draft.set(CpuidExecuted.FUNC, body.hexAfter(FUNC));
        if (body.skip(IDX)) {
            draft.set(CpuidExecuted.IDX, body.hex());
            draft.mark(FormatMark.CPUID_WITH_INDEX);
        } else {
            draft.mark(FormatMark.CPUID_WITHOUT_INDEX);
        }
        draft.set(CpuidExecuted.RAX, body.hexAfter(RAX));
        draft.set(CpuidExecuted.RBX, body.hexAfter(RBX));
        draft.set(CpuidExecuted.RCX, body.hexAfter(RCX));
        draft.set(CpuidExecuted.RDX, body.hexAfter(RDX));
        draft.set(CpuidExecuted.FOUND, body.either(FOUND, NOT_FOUND));
        draft.set(CpuidExecuted.USED_MAX_BASIC, body.skip(USED_MAX_BASIC));
    }

    static void parseCr(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.CR_ACCESS);
        draft.set(CrAccess.WRITE, body.either(CR_WRITE, CR_READ));
        draft.set(CrAccess.CR, body.hex());
        draft.set(CrAccess.VAL, body.hexAfter(Text.EQUALS_HEX));
    }

    static void parseHypercall(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.HYPERCALL);
        draft.set(Hypercall.NR, body.hexAfter(NR));
        draft.set(Hypercall.A0, body.hexAfter(A0));
        draft.set(Hypercall.A1, body.hexAfter(A1));
        draft.set(Hypercall.A2, body.hexAfter(A2));
        draft.set(Hypercall.A3, body.hexAfter(A3));
    }

    static void parseWakeup(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.HALT_WAKEUP);
        draft.set(HaltWakeup.WAITED, body.either(WAIT, POLL));
        draft.set(HaltWakeup.DURATION_NS, body.decimal());
        draft.set(HaltWakeup.VALID, body.either(POLLING_VALID, POLLING_INVALID));
    }
}
