package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.NestedExit;
import io.trapline.schemas.event.EventFields.NestedExitReflected;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.table.ExitReasons;

/**
 * kvm_exit, and kvm_nested_vmexit and kvm_nested_vmexit_inject that look like it. A reason may hold blanks ("UD excp",
 * "INVALID_STATE FAILED_VMENTRY"): it ends where the next field begins. What libtraceevent's plugin makes of them is read
 * too; the name of a guest function that it may print behind a rip is left out.
 */
final class ExitParser {
    static final int VCPU_MAX = 65_535;

    private static final byte[] INFO = Text.of(" info ");
    private static final byte[] BLANK = Text.of(" ");
    private static final byte[] INFO1 = Text.of(" info1 0x");
    private static final byte[] INFO2 = Text.of(" info2 0x");
    private static final byte[] REQUESTS = Text.of(" requests 0x");
    private static final byte[] PLUGIN_RIP = Text.of("rip ");
    private static final byte[] PLUGIN_INFO1 = Text.of(" info1 ");
    private static final byte[] PLUGIN_INFO2 = Text.of(" info2 ");
    private static final byte[] PLUGIN_INT_INFO = Text.of(" int_info ");
    private static final byte[] PLUGIN_INT_INFO_ERR = Text.of(" int_info_err ");
    /** The plugin looks for a field of kernels up to 5.9, and then prints as the kernel does. */
    private static final byte[] PLUGIN_LOST = Text.of("<CANT FIND FIELD rip>");

    private static final byte[] OLD_RIP = Text.of("rip: 0x");
    private static final byte[] OLD_REASON = Text.of(" reason: ");
    private static final byte[] REFLECTED_REASON = Text.of("reason: ");
    private static final byte[] EXT_INF1 = Text.of(" ext_inf1: 0x");
    private static final byte[] EXT_INF2 = Text.of(" ext_inf2: 0x");
    private static final byte[] EXT_INT = Text.of(" ext_int: 0x");
    private static final byte[] EXT_INT_ERR = Text.of(" ext_int_err: 0x");

    /** Where the fields of an exit lie: VmExit and NestedExit are different records with the same fields. */
    private record Places(
            int reason, int isa, int rip, int info1, int info2, int intrInfo, int errorCode, int requests) {}

    private static final Places EXIT = new Places(
            VmExit.EXIT_REASON,
            VmExit.ISA,
            VmExit.RIP,
            VmExit.INFO1,
            VmExit.INFO2,
            VmExit.INTR_INFO,
            VmExit.ERROR_CODE,
            VmExit.REQUESTS);

    private static final Places NESTED = new Places(
            NestedExit.EXIT_REASON,
            NestedExit.ISA,
            NestedExit.RIP,
            NestedExit.INFO1,
            NestedExit.INFO2,
            NestedExit.INTR_INFO,
            NestedExit.ERROR_CODE,
            NestedExit.REQUESTS);

    private final ReasonNames reasons;

    ExitParser(ReasonNames reasons) {
        this.reasons = reasons;
    }

    void parseExit(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.VM_EXIT);
        if (body.skip(Text.VCPU)) {
            draft.vcpu(readVcpu(body));
        } else {
            draft.mark(FormatMark.EXIT_WITHOUT_VCPU);
        }
        int isa = parseFromReason(body, draft, EXIT).isa();
        if (isa == ExitReasons.VMX) {
            draft.markIrqs(FormatMark.VMX_EXIT_WITH_IRQS_ON, FormatMark.VMX_EXIT_WITH_IRQS_OFF);
        } else if (isa == ExitReasons.SVM) {
            draft.markIrqs(FormatMark.SVM_EXIT_WITH_IRQS_ON, FormatMark.SVM_EXIT_WITH_IRQS_OFF);
        }
    }

    void parseNestedExit(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.NESTED_EXIT);
        if (body.skip(OLD_RIP)) {
            parseOldNestedExit(body, draft);
            return;
        }
        if (body.skip(PLUGIN_RIP)) {
            parsePluginsNestedExit(body, draft);
            return;
        }
        body.skip(PLUGIN_LOST);
        body.skipBlanks();
        // The thread is known from the kvm_exit before.
        draft.names(readVcpu(body.expect(Text.VCPU)));
        parseFromReason(body, draft, NESTED);
    }

    private static int readVcpu(LineCursor body) {
        int vcpu = body.decimal(VCPU_MAX);
        body.expect(BLANK);
        return vcpu;
    }

    private ReasonNames.Reason parseFromReason(LineCursor body, EventDraft draft, Places places) {
        body.expect(Text.REASON);
        ReasonNames.Reason reason = readReason(body, draft, Text.RIP_HEX, places.reason, places.isa);
        draft.set(places.rip, body.hexAfter(Text.RIP_HEX));
        skipFunction(body);
        if (body.skip(INFO)) {
            draft.set(places.info1, body.hex());
            draft.set(places.info2, body.expect(BLANK).hex());
            // Without a vCPU number the line is older still: it has its mark.
            if (draft.vcpu() >= 0) {
                draft.mark(FormatMark.EXIT_WITH_INFO);
            }
            return reason;
        }
        draft.set(places.info1, body.hexAfter(INFO1));
        draft.set(places.info2, body.hexAfter(INFO2));
        draft.set(places.intrInfo, body.hexAfter(Text.INTR_INFO_HEX));
        draft.set(places.errorCode, body.hexAfter(Text.ERROR_CODE_HEX));
        if (body.skip(REQUESTS)) {
            draft.set(places.requests, body.hex());
            draft.mark(FormatMark.EXIT_WITH_REQUESTS);
        } else {
            draft.mark(FormatMark.EXIT_WITH_INTR_INFO);
        }
        draft.kernelNames(reason);
        return reason;
    }

    private void parseOldNestedExit(LineCursor body, EventDraft draft) {
        draft.set(NestedExit.RIP, body.hex());
        body.expect(OLD_REASON);
        readReason(body, draft, EXT_INF1, NestedExit.EXIT_REASON, NestedExit.ISA);
        draft.set(NestedExit.INFO1, body.hexAfter(EXT_INF1));
        draft.set(NestedExit.INFO2, body.hexAfter(EXT_INF2));
        draft.set(NestedExit.INTR_INFO, body.hexAfter(EXT_INT));
        draft.set(NestedExit.ERROR_CODE, body.hexAfter(EXT_INT_ERR));
        draft.mark(FormatMark.NESTED_EXIT_OLD);
    }

    private void parsePluginsNestedExit(LineCursor body, EventDraft draft) {
        draft.set(NestedExit.RIP, body.hex());
        body.upTo(Text.REASON);
        body.expect(Text.REASON);
        readReason(body, draft, PLUGIN_INFO1, NestedExit.EXIT_REASON, NestedExit.ISA);
        draft.set(NestedExit.INFO1, body.hexAfter(PLUGIN_INFO1));
        draft.set(NestedExit.INFO2, body.hexAfter(PLUGIN_INFO2));
        draft.set(NestedExit.INTR_INFO, body.hexAfter(PLUGIN_INT_INFO));
        draft.set(NestedExit.ERROR_CODE, body.hexAfter(PLUGIN_INT_INFO_ERR));
        draft.mark(FormatMark.NESTED_EXIT_OLD);
    }

    /** {@code  function+0x1f} between the rip and what follows it. */
    private static void skipFunction(LineCursor body) {
        if (body.startsWith(BLANK) && !body.startsWith(INFO) && !body.startsWith(INFO1)) {
            body.upTo(INFO);
        }
    }

    void parseReflected(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.NESTED_EXIT_REFLECTED);
        if (body.skip(Text.REASON)) {
            parsePluginsReflected(body, draft);
            return;
        }
        body.expect(REFLECTED_REASON);
        readReason(body, draft, EXT_INF1, NestedExitReflected.EXIT_REASON, NestedExitReflected.ISA);
        draft.set(NestedExitReflected.INFO1, body.hexAfter(EXT_INF1));
        draft.set(NestedExitReflected.INFO2, body.hexAfter(EXT_INF2));
        draft.set(NestedExitReflected.INT_INFO, body.hexAfter(EXT_INT));
        draft.set(NestedExitReflected.INT_INFO_ERR, body.hexAfter(EXT_INT_ERR));
    }

    private void parsePluginsReflected(LineCursor body, EventDraft draft) {
        readReason(body, draft, PLUGIN_INFO1, NestedExitReflected.EXIT_REASON, NestedExitReflected.ISA);
        draft.set(NestedExitReflected.INFO1, body.hexAfter(PLUGIN_INFO1));
        draft.set(NestedExitReflected.INFO2, body.hexAfter(PLUGIN_INFO2));
        draft.set(NestedExitReflected.INT_INFO, body.hexAfter(PLUGIN_INT_INFO));
        draft.set(NestedExitReflected.INT_INFO_ERR, body.hexAfter(PLUGIN_INT_INFO_ERR));
    }

    private ReasonNames.Reason readReason(
            LineCursor body, EventDraft draft, byte[] endsAt, int reasonPlace, int isaPlace) {
        int from = body.at();
        ReasonNames.Reason reason = reasons.of(body.bytes(), from, body.upTo(endsAt));
        if (reason.number() < 0) {
            body.fail();
        }
        if (reason.isa() != 0) {
            draft.isaSeen(reason.isa());
        }
        draft.set(reasonPlace, reason.number());
        draft.set(isaPlace, draft.isaSeen());
        return reason;
    }
}
