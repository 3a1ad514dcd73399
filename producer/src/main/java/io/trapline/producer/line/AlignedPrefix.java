package io.trapline.producer.line;

import io.trapline.schemas.event.EventFlags;

/**
 * {@code comm-PID (TGID) [CPU] flags time: name: body}, as the kernel and trace-cmd print it. A comm may hold blanks, dashes,
 * brackets, colons and digits, even {@code "x: kvm_exit: 0"}, so it is not read from the left: it is padded to
 * {@link #COMM_WIDTH} bytes, and the dash behind it stands in that column, else {@link CommEnd} looks for it. {@code TGID} and the flags may be missing.
 */
public final class AlignedPrefix implements Tokenizer {
    static final int COMM_WIDTH = 16;

    private final LineCursor cursor = new LineCursor();
    private byte[] bytes = {};
    private int end;

    @Override
    public boolean read(byte[] line, int from, int to, LinePrefix into) {
        bytes = line;
        end = to;
        return readFromDash(from, from + COMM_WIDTH, into)
                || CommEnd.search(line, from, to, COMM_WIDTH, dash -> readFromDash(from, dash, into));
    }

    private boolean readFromDash(int from, int dash, LinePrefix into) {
        if (dash >= end || bytes[dash] != '-') {
            return false;
        }
        cursor.on(bytes, dash + 1, end);
        into.comm(CommEnd.begin(from, dash, COMM_WIDTH), dash);
        int pid = cursor.decimal(LinePrefix.PID_MAX);
        cursor.skipBlanks();
        into.thread(pid, readTgid());
        cursor.expect(Text.OPEN_BRACKET);
        into.cpu(cursor.decimal(LinePrefix.CPU_MAX));
        // No blank follows where trace-cmd prints a long time.
        cursor.expect(Text.CLOSE_BRACKET).skipBlanks();
        return !cursor.failed() && readFlags(into) && Timestamp.read(cursor, into) && EventName.read(cursor, into);
    }

    /** {@code (    687)}, or dashes where the kernel has not learnt the thread group. */
    private int readTgid() {
        if (!cursor.skip(Text.OPEN_PARENTHESIS)) {
            return LinePrefix.NONE;
        }
        cursor.skipBlanks();
        boolean unknown = cursor.skip(Text.UNKNOWN_TGID);
        int group = unknown ? LinePrefix.NONE : cursor.decimal(LinePrefix.PID_MAX);
        cursor.expect(Text.CLOSE_PARENTHESIS).skipBlanks();
        return group;
    }

    private boolean readFlags(LinePrefix into) {
        int from = cursor.at();
        int to = from;
        while (to < end && !Text.isBlank(bytes[to])) {
            to++;
        }
        if (to == end || bytes[to - 1] == ':') {
            // The time follows at once: recorded with noirq-info, or reported by trace-cmd.
            into.flags(EventFlags.NONE, 0);
            return to > from && bytes[from] >= '0' && bytes[from] <= '9';
        }
        cursor.to(to);
        cursor.skipBlanks();
        return FlagColumn.read(bytes, from, to, into);
    }
}
