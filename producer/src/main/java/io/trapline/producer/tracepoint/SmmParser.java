package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.SmmTransition;
import io.trapline.schemas.event.EventKind;

/** kvm_smm_transition, which was kvm_enter_smm: {@code vcpu 0: entering SMM, smbase 0x30000}. */
final class SmmParser implements EventParser {
    private static final byte[] ENTERING = Text.of(": entering");
    private static final byte[] LEAVING = Text.of(": leaving");
    private static final byte[] SMBASE = Text.of(" SMM, smbase 0x");

    @Override
    public void parse(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.SMM_TRANSITION);
        int vcpu = body.expect(Text.VCPU).decimal(ExitParser.VCPU_MAX);
        draft.names(vcpu);
        draft.set(SmmTransition.VCPU, vcpu);
        draft.set(SmmTransition.ENTERING, body.either(ENTERING, LEAVING));
        draft.set(SmmTransition.SMBASE, body.hexAfter(SMBASE));
    }
}
