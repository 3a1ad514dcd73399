package io.trapline.producer.line;

/**
 * {@code comm-PID  CPUflags time: name: body}, the option latency-format of the kernel and {@code trace-cmd report -l}. The
 * comm is cut to {@link #COMM_WIDTH} bytes; the CPU and the flags stand together.
 */
public final class LatencyPrefix implements Tokenizer {
    static final int COMM_WIDTH = 8;

    private final LineCursor cursor = new LineCursor();

    @Override
    public boolean read(byte[] line, int from, int to, LinePrefix into) {
        return readFromDash(line, from, from + COMM_WIDTH, to, into)
                || CommEnd.search(line, from, to, COMM_WIDTH, dash -> readFromDash(line, from, dash, to, into));
    }

    private boolean readFromDash(byte[] line, int from, int dash, int to, LinePrefix into) {
        if (dash >= to || line[dash] != '-') {
            return false;
        }
        cursor.on(line, dash + 1, to);
        into.comm(CommEnd.begin(from, dash, COMM_WIDTH), dash);
        into.thread(cursor.decimal(LinePrefix.PID_MAX), LinePrefix.NONE);
        cursor.skipBlanks();
        into.cpu(cursor.decimal(LinePrefix.CPU_MAX));
        return !cursor.failed()
                && readFlags(line, to, into)
                && Timestamp.readOfLatencyFormat(cursor, into)
                && EventName.read(cursor, into);
    }

    private boolean readFlags(byte[] line, int end, LinePrefix into) {
        int from = cursor.at();
        int to = from;
        while (to < end && !Text.isBlank(line[to])) {
            to++;
        }
        cursor.to(to);
        cursor.skipBlanks();
        return to < end && FlagColumn.read(line, from, to, into);
    }
}
