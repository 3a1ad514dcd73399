package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.PageFault;
import io.trapline.schemas.event.EventKind;

/** kvm_page_fault: {@code vcpu 0 rip 0x1004a2 address 0x0000000000001000 error_code 0x82}; before 6.1 only the last two, bare. */
final class PageFaultParser implements EventParser {
    private static final byte[] ADDRESS = Text.of(" address 0x");
    private static final byte[] BARE_ADDRESS = Text.of("address ");
    private static final byte[] BARE_ERROR_CODE = Text.of(" error_code ");

    @Override
    public void parse(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.PAGE_FAULT);
        if (body.skip(BARE_ADDRESS)) {
            draft.set(PageFault.ADDRESS, body.hex());
            draft.set(PageFault.ERROR_CODE, body.hexAfter(BARE_ERROR_CODE));
            draft.mark(FormatMark.PAGE_FAULT_WITHOUT_VCPU);
            return;
        }
        draft.names(body.expect(Text.VCPU).decimal(ExitParser.VCPU_MAX));
        draft.set(PageFault.RIP, body.hexAfter(Text.RIP_HEX));
        draft.set(PageFault.ADDRESS, body.hexAfter(ADDRESS));
        draft.set(PageFault.ERROR_CODE, body.hexAfter(Text.ERROR_CODE_HEX));
        draft.mark(FormatMark.PAGE_FAULT_WITH_VCPU);
    }
}
