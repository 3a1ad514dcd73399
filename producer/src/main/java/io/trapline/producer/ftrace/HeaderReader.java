package io.trapline.producer.ftrace;

import io.trapline.producer.identity.Loss;

/**
 * Reads the lines between the events. Events were lost where it says {@code CPU:1 [LOST 1586 EVENTS]} or
 * {@code CPU:0 [LOST EVENTS]}, and {@code ##### CPU 0 buffer started ####} in front of the first event of a CPU whose
 * older events were overwritten.
 */
final class HeaderReader {
    private static final byte[] LOST_CPU = Text.of("CPU:");
    private static final byte[] LOST = Text.of(" [LOST ");
    private static final byte[] EVENTS = Text.of("EVENTS]");
    private static final byte[] BLANK_EVENTS = Text.of(" EVENTS]");
    private static final byte[] STARTED_CPU = Text.of("##### CPU ");
    private static final byte[] STARTED = Text.of(" buffer started ####");
    private static final byte[] TRACER = Text.of("# tracer: ");
    private static final byte[] ENTRIES = Text.of("# entries-in-buffer/entries-written: ");
    private static final byte[] SLASH = Text.of("/");

    private final LineCursor cursor = new LineCursor();

    /** Whether this is the line that every trace file begins with (trace_pipe has none). */
    boolean isHeader(LineReader line) {
        cursor.on(line.bytes(), line.from(), line.to());
        return cursor.skip(TRACER);
    }

    /** The loss that a line at column 0 tells of, or null. */
    Loss loss(LineReader line) {
        cursor.on(line.bytes(), line.from(), line.to());
        if (cursor.skip(LOST_CPU)) {
            return readLost(line.number());
        }
        return cursor.skip(STARTED_CPU) ? readStarted(line.number()) : null;
    }

    private Loss readLost(long line) {
        int cpu = cursor.decimal(LinePrefix.CPU_MAX);
        cursor.expect(LOST);
        Long lost = null;
        if (!cursor.skip(EVENTS)) {
            lost = cursor.decimal();
            cursor.expect(BLANK_EVENTS);
        }
        String reason = "CPU " + cpu + " lost events";
        return cursor.fittedToTheEnd() ? new Loss(cpu, lost, reason, line) : null;
    }

    private Loss readStarted(long line) {
        int cpu = cursor.decimal(LinePrefix.CPU_MAX);
        cursor.expect(STARTED);
        String reason = "older events of CPU " + cpu + " were overwritten";
        return cursor.fittedToTheEnd() ? new Loss(cpu, null, reason, line) : null;
    }

    /** Events that were written but are not in this file, by its header; 0 for any other line. */
    long overwritten(LineReader line) {
        cursor.on(line.bytes(), line.from(), line.to());
        if (!cursor.skip(ENTRIES)) {
            return 0;
        }
        long inBuffer = cursor.decimal();
        long written = cursor.expect(SLASH).decimal();
        return cursor.failed() ? 0 : Math.max(0, written - inBuffer);
    }
}
