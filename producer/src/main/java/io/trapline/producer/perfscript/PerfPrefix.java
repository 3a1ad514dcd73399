package io.trapline.producer.perfscript;

import io.trapline.producer.line.CommEnd;
import io.trapline.producer.line.EventName;
import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.LinePrefix;
import io.trapline.producer.line.Text;
import io.trapline.producer.line.Timestamp;
import io.trapline.producer.line.Tokenizer;
import io.trapline.schemas.event.EventFlags;

/**
 * {@code comm  TID [CPU] time: system:name: body}, or {@code PID/TID}. The comm is padded to {@link #COMM_WIDTH} bytes and a
 * blank stands behind it, else {@link CommEnd} looks for that.
 */
final class PerfPrefix implements Tokenizer {
    static final int COMM_WIDTH = 16;

    private static final byte[] SLASH = Text.of("/");
    private static final byte[] OTHER_RECORD = Text.of("PERF_RECORD_");

    private final LineCursor cursor = new LineCursor();

    @Override
    public boolean read(byte[] line, int from, int to, LinePrefix into) {
        return readFromBlank(line, from, from + COMM_WIDTH, to, into)
                || CommEnd.search(line, from, to, COMM_WIDTH, blank -> readFromBlank(line, from, blank, to, into));
    }

    private boolean readFromBlank(byte[] line, int from, int blank, int to, LinePrefix into) {
        if (blank >= to || !Text.isBlank(line[blank])) {
            return false;
        }
        cursor.on(line, blank, to);
        cursor.skipBlanks();
        into.comm(CommEnd.begin(from, blank, COMM_WIDTH), blank);
        readThread(into);
        cursor.skipBlanks();
        cursor.expect(Text.OPEN_BRACKET);
        into.cpu(cursor.decimal(LinePrefix.CPU_MAX));
        cursor.expect(Text.CLOSE_BRACKET).skipBlanks();
        into.flags(EventFlags.NONE, 0);
        return !cursor.failed() && Timestamp.read(cursor, into) && readName(into);
    }

    private void readThread(LinePrefix into) {
        int first = cursor.decimal(LinePrefix.PID_MAX);
        if (cursor.skip(SLASH)) {
            into.thread(cursor.decimal(LinePrefix.PID_MAX), first);
        } else {
            into.thread(first, LinePrefix.NONE);
        }
    }

    /** {@code kvm:kvm_exit:}, of which the second is the name; an event of another kind has one part only, and a record is no event. */
    private boolean readName(LinePrefix into) {
        int from = cursor.at();
        int colon = EventName.end(cursor.bytes(), from, cursor.end());
        if (colon < from || cursor.startsWith(OTHER_RECORD)) {
            return false;
        }
        int second = EventName.end(cursor.bytes(), colon + 1, cursor.end());
        if (second > colon) {
            into.name(colon + 1, second);
        } else {
            into.name(from, colon);
        }
        return true;
    }
}
