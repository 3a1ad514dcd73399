package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventKind;

/** kvm_msr ({@code msr_write 1c4 = 0x40000 (#GP)}), read_msr and write_msr ({@code 1c4, value 40000 #GP}). */
final class MsrParser {
    private static final byte[] WRITE = Text.of("msr_write ");
    private static final byte[] READ = Text.of("msr_read ");
    private static final byte[] VALUE = Text.of(", value ");
    private static final byte[] HOST_GP = Text.of(" #GP");

    private MsrParser() {}

    static void parseGuest(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.GUEST_MSR_ACCESS);
        draft.set(GuestMsrAccess.WRITE, body.either(WRITE, READ));
        draft.set(GuestMsrAccess.INDEX, body.hex());
        draft.set(GuestMsrAccess.DATA, body.hexAfter(Text.EQUALS_HEX));
        draft.set(GuestMsrAccess.FAILED, body.skip(Text.GP));
    }

    static void parseHost(LineCursor body, EventDraft draft, boolean write) {
        draft.begin(EventKind.HOST_MSR_ACCESS);
        draft.set(HostMsrAccess.WRITE, write);
        draft.set(HostMsrAccess.INDEX, body.hex());
        draft.set(HostMsrAccess.VALUE, body.hexAfter(VALUE));
        draft.set(HostMsrAccess.FAILED, body.skip(HOST_GP));
    }
}
