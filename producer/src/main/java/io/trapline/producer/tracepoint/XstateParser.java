package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.FpuSwitch;
import io.trapline.schemas.event.EventFields.XstateEvent;
import io.trapline.schemas.event.EventKind;

/** kvm_fpu ({@code load}, {@code unload}) and x86_fpu_*: {@code x86/fpu: 00000000ba4f3ce6 load: 0 xfeatures: a2 xcomp_bv: 0}. */
final class XstateParser {
    private static final byte[] GUEST_LOAD = Text.of("load");
    private static final byte[] GUEST_UNLOAD = Text.of("unload");
    private static final byte[] FPU = Text.of("x86/fpu: ");
    private static final byte[] LOAD = Text.of(" load: ");
    private static final byte[] XFEATURES = Text.of(" xfeatures: ");
    private static final byte[] XCOMP_BV = Text.of(" xcomp_bv: ");

    private XstateParser() {}

    static void parseFpu(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.FPU_SWITCH);
        draft.set(FpuSwitch.LOAD, body.either(GUEST_LOAD, GUEST_UNLOAD));
    }

    static void parse(LineCursor body, EventDraft draft, String name, boolean current) {
        draft.begin(EventKind.XSTATE_EVENT);
        draft.setText(XstateEvent.NAME, name);
        draft.set(XstateEvent.FPU, body.hexAfter(FPU));
        draft.set(XstateEvent.LOAD, body.expect(LOAD).decimal(1));
        draft.set(XstateEvent.XFEATURES, body.hexAfter(XFEATURES));
        draft.set(XstateEvent.XCOMP_BV, body.hexAfter(XCOMP_BV));
        if (!current) {
            draft.mark(FormatMark.XSTATE_EVENT_OF_OLD);
        }
    }
}
