package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.VmEntry;
import io.trapline.schemas.event.EventKind;

/** kvm_entry: {@code vcpu 0, rip 0x1004a2 intr_info 0x00000000 error_code 0x00000000[immediate exit]}. */
final class EntryParser implements EventParser {
    private static final byte[] RIP = Text.of(", rip 0x");
    private static final byte[] IMMEDIATE_EXIT = Text.of("[immediate exit]");

    @Override
    public void parse(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.VM_ENTRY);
        draft.vcpu(body.expect(Text.VCPU).decimal(ExitParser.VCPU_MAX));
        if (body.skip(Text.RIP_HEX)) {
            parsePluginsRip(body, draft);
            return;
        }
        if (!body.skip(RIP)) {
            draft.mark(FormatMark.ENTRY_WITHOUT_RIP);
            return;
        }
        draft.set(VmEntry.RIP, body.hex());
        boolean printsMarker = body.skip(Text.INTR_INFO_HEX);
        if (printsMarker) {
            draft.set(VmEntry.INTR_INFO, body.hex());
            draft.set(VmEntry.ERROR_CODE, body.hexAfter(Text.ERROR_CODE_HEX));
            draft.mark(FormatMark.ENTRY_WITH_INTR_INFO);
        } else {
            draft.mark(FormatMark.ENTRY_WITH_RIP);
        }
        // Without the marker nothing is known before 6.14: the kernel may be too old to print it.
        boolean immediate = body.skip(IMMEDIATE_EXIT);
        if (immediate || printsMarker) {
            draft.set(VmEntry.IMMEDIATE_EXIT, immediate);
        }
    }

    /** {@code vcpu 0 rip 0x100000 function+0x1f}: libtraceevent's plugin leaves out whatever came after 5.10. */
    private static void parsePluginsRip(LineCursor body, EventDraft draft) {
        draft.set(VmEntry.RIP, body.hex());
        draft.mark(FormatMark.ENTRY_OF_5_10);
        body.to(body.end());
    }
}
