package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.UserspaceExit;
import io.trapline.schemas.event.EventKind;

/**
 * kvm_userspace_exit: {@code reason KVM_EXIT_IO (2)}, or {@code restart (4)} and {@code error (14)}, where the number is
 * an errno. The number in parentheses says it all; the name only tells which of the two it is.
 */
final class UserspaceExitParser implements EventParser {
    private static final byte[] RESTART = Text.of("restart");
    private static final byte[] ERROR = Text.of("error");
    private static final byte[] NUMBER = Text.of(" (");
    private static final int NUMBER_MAX = Integer.MAX_VALUE;

    @Override
    public void parse(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.USERSPACE_EXIT);
        body.expect(Text.REASON);
        boolean failed = body.skip(RESTART) || body.skip(ERROR);
        body.upTo(NUMBER);
        int number = body.expect(NUMBER).decimal(NUMBER_MAX);
        body.expect(Text.CLOSE_PARENTHESIS);
        draft.set(UserspaceExit.ERRNO, failed ? number : 0);
        if (!failed) {
            draft.set(UserspaceExit.REASON, number);
        }
    }
}
