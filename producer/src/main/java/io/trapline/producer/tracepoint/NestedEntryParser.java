package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.NestedEntry;
import io.trapline.schemas.event.EventFields.NestedEntryFailed;
import io.trapline.schemas.event.EventFields.NestedInterruptExit;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.table.ExitReasons;

/** kvm_nested_vmenter (6.1+, both ISAs), kvm_nested_vmrun (before, SVM only) and kvm_nested_vmenter_failed. */
final class NestedEntryParser {
    private static final byte[] RIP = Text.of("rip: 0x");
    private static final byte[] VMCS = Text.of(" vmcs: 0x");
    private static final byte[] VMCB = Text.of(" vmcb: 0x");
    private static final byte[] NESTED_RIP = Text.of(" nested_rip: 0x");
    private static final byte[] OLD_NESTED_RIP = Text.of(" nrip: 0x");
    private static final byte[] INT_CTL = Text.of(" int_ctl: 0x");
    private static final byte[] EVENT_INJ = Text.of(" event_inj: 0x");
    private static final byte[] EPT = Text.of(" nested_ept=");
    private static final byte[] NPT = Text.of(" nested_npt=");
    private static final byte[] YES = Text.of("y");
    private static final byte[] NO = Text.of("n");
    private static final byte[] OLD_NPT_ON = Text.of(" npt: on");
    private static final byte[] OLD_NPT_OFF = Text.of(" npt: off");
    private static final byte[] GUEST_CR3 = Text.of(" guest_cr3: 0x");
    private static final byte[] NESTED_EPTP = Text.of(" nested_eptp: 0x");
    private static final byte[] NESTED_CR3 = Text.of(" nested_cr3: 0x");

    private NestedEntryParser() {}

    static void parseEnter(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.NESTED_ENTRY);
        draft.mark(FormatMark.NESTED_ENTER);
        draft.set(NestedEntry.RIP, body.hexAfter(RIP));
        boolean vmx = body.either(VMCS, VMCB);
        draft.set(NestedEntry.ISA, vmx ? ExitReasons.VMX : ExitReasons.SVM);
        draft.set(NestedEntry.VMCB, body.hex());
        parseInjection(body, draft, NESTED_RIP);
        body.expect(vmx ? EPT : NPT);
        draft.set(NestedEntry.TDP_ENABLED, body.either(YES, NO));
        if (!body.skip(GUEST_CR3)) {
            body.expect(vmx ? NESTED_EPTP : NESTED_CR3);
        }
        draft.set(NestedEntry.GUEST_PGD, body.hex());
    }

    static void parseRun(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.NESTED_ENTRY);
        draft.mark(FormatMark.NESTED_RUN);
        draft.set(NestedEntry.ISA, ExitReasons.SVM);
        draft.set(NestedEntry.RIP, body.hexAfter(RIP));
        draft.set(NestedEntry.VMCB, body.hexAfter(VMCB));
        parseInjection(body, draft, OLD_NESTED_RIP);
        draft.set(NestedEntry.TDP_ENABLED, body.either(OLD_NPT_ON, OLD_NPT_OFF));
    }

    private static void parseInjection(LineCursor body, EventDraft draft, byte[] nestedRip) {
        draft.set(NestedEntry.NESTED_RIP, body.hexAfter(nestedRip));
        draft.set(NestedEntry.INT_CTL, body.hexAfter(INT_CTL));
        draft.set(NestedEntry.EVENT_INJ, body.hexAfter(EVENT_INJ));
    }

    /** kvm_nested_intr_vmexit: {@code rip: 0x0000000000100000}. */
    static void parseInterruptExit(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.NESTED_INTERRUPT_EXIT);
        draft.set(NestedInterruptExit.RIP, body.hexAfter(RIP));
    }

    static void parseFailed(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.NESTED_ENTRY_FAILED);
        draft.setText(NestedEntryFailed.MESSAGE, Text.string(body.bytes(), body.at(), body.end()));
        body.to(body.end());
    }
}
