package io.trapline.producer.ftrace;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.LineReader;
import io.trapline.producer.line.Text;
import io.trapline.producer.text.LossLines;
import io.trapline.producer.text.SideLine;
import io.trapline.producer.text.SideLines;

/** The header of a trace file, and what stands between its events. */
final class FtraceSideLines implements SideLines {
    private static final byte[] COMMENT = Text.of("#");
    private static final byte[] TRACER = Text.of("# tracer: ");
    private static final byte[] ENTRIES = Text.of("# entries-in-buffer/entries-written: ");
    private static final byte[] LATENCY = Text.of("# latency: ");
    private static final byte[] LATENCY_ENTRIES = Text.of(" us, #");
    private static final byte[] LATENCY_TRACE = Text.of(" latency trace v");
    private static final byte[] ON = Text.of(" on ");
    private static final byte[] SLASH = Text.of("/");

    private final LineCursor cursor = new LineCursor();
    private final LossLines losses = new LossLines();

    /** Whether this is the line that every trace file begins with (trace_pipe has none). */
    boolean isBeginning(byte[] line, int from, int to) {
        cursor.on(line, from, to);
        return cursor.skip(TRACER);
    }

    @Override
    public SideLine read(LineReader line) {
        SideLine loss = losses.read(line);
        if (loss != null) {
            return loss;
        }
        cursor.on(line.bytes(), line.from(), line.to());
        cursor.skipBlanks();
        if (cursor.at() == line.to()) {
            return SideLine.IGNORED;
        }
        cursor.to(line.from());
        return cursor.startsWith(COMMENT) ? readHeader(line) : null;
    }

    private SideLine readHeader(LineReader line) {
        if (cursor.skip(TRACER)) {
            return SideLine.BEGINNING;
        }
        if (cursor.skip(ENTRIES)) {
            return entries(cursor.decimal());
        }
        if (cursor.skip(LATENCY)) {
            cursor.decimal();
            return entries(cursor.expect(LATENCY_ENTRIES).decimal());
        }
        return readKernel(line);
    }

    private SideLine entries(long inBuffer) {
        long written = cursor.expect(SLASH).decimal();
        return cursor.failed() ? SideLine.IGNORED : new SideLine.Entries(inBuffer, written);
    }

    /** {@code # nop latency trace v1.1.5 on 6.1.0-56-amd64}. */
    private SideLine readKernel(LineReader line) {
        cursor.upTo(LATENCY_TRACE);
        cursor.upTo(ON);
        if (cursor.failed()) {
            return SideLine.IGNORED;
        }
        int from = cursor.at() + ON.length;
        return new SideLine.Kernel(
                Text.string(line.bytes(), from, Math.max(from, line.to())).strip());
    }
}
