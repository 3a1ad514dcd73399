package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.NestedIntercepts;
import io.trapline.schemas.event.EventKind;

/** kvm_nested_intercepts: {@code cr_read: 0010 cr_write: 0010 excp: 00060042 intercepts: bd4c8027 00006e7f 00000000}. */
final class NestedInterceptsParser implements EventParser {
    private static final byte[] CR_READ = Text.of("cr_read: ");
    private static final byte[] CR_WRITE = Text.of(" cr_write: ");
    private static final byte[] EXCP = Text.of(" excp: ");
    private static final byte[] WORDS = Text.of(" intercepts: ");
    private static final byte[] QUAD = Text.of(" intercept: ");
    private static final byte[] BLANK = Text.of(" ");
    private static final long WORD = 0xffff_ffffL;

    @Override
    public void parse(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.NESTED_INTERCEPTS);
        draft.set(NestedIntercepts.CR_READ, body.hexAfter(CR_READ));
        draft.set(NestedIntercepts.CR_WRITE, body.hexAfter(CR_WRITE));
        draft.set(NestedIntercepts.EXCEPTIONS, body.hexAfter(EXCP));
        if (body.skip(QUAD)) {
            long both = body.hex();
            draft.set(NestedIntercepts.INTERCEPT1, both & WORD);
            draft.set(NestedIntercepts.INTERCEPT2, both >>> Integer.SIZE);
            draft.mark(FormatMark.NESTED_INTERCEPT_QUAD);
            return;
        }
        draft.set(NestedIntercepts.INTERCEPT1, body.hexAfter(WORDS));
        draft.set(NestedIntercepts.INTERCEPT2, body.hexAfter(BLANK));
        draft.set(NestedIntercepts.INTERCEPT3, body.hexAfter(BLANK));
        draft.mark(FormatMark.NESTED_INTERCEPT_WORDS);
    }
}
