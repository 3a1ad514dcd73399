package io.trapline.producer.tracecmd;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.LineReader;
import io.trapline.producer.line.Text;
import io.trapline.producer.text.LossLines;
import io.trapline.producer.text.SideLine;
import io.trapline.producer.text.SideLines;

/** The first line of a report, its markers of loss, and comments that people add. */
final class TraceCmdSideLines implements SideLines {
    private static final byte[] CPUS = Text.of("cpus=");
    private static final byte[] VERSION = Text.of("version = ");
    private static final byte[] CPU = Text.of("CPU ");
    private static final byte[] IS_EMPTY = Text.of(" is empty");
    private static final byte[] COMMENT = Text.of("#");

    private final LineCursor cursor = new LineCursor();
    private final LossLines losses = new LossLines();

    @Override
    public SideLine read(LineReader line) {
        SideLine loss = losses.read(line);
        if (loss != null) {
            return loss;
        }
        cursor.on(line.bytes(), line.from(), line.to());
        if (cursor.skip(CPUS) || cursor.skip(VERSION)) {
            return SideLine.BEGINNING;
        }
        return cursor.startsWith(COMMENT) || isEmptyCpu() || isBlank(line) ? SideLine.IGNORED : null;
    }

    /** {@code CPU 1 is empty}. */
    private boolean isEmptyCpu() {
        if (!cursor.skip(CPU)) {
            return false;
        }
        cursor.decimal();
        return cursor.skip(IS_EMPTY) && cursor.fittedToTheEnd();
    }

    private boolean isBlank(LineReader line) {
        cursor.on(line.bytes(), line.from(), line.to());
        return cursor.fittedToTheEnd();
    }
}
