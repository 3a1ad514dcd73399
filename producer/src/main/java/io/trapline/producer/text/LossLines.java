package io.trapline.producer.text;

import io.trapline.producer.identity.Loss;
import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.LinePrefix;
import io.trapline.producer.line.LineReader;
import io.trapline.producer.line.Text;

/**
 * Lines that say that events of a CPU are missing: {@code CPU:1 [LOST 1586 EVENTS]} or {@code CPU:0 [LOST EVENTS]} of the
 * kernel, {@code CPU:1 [306 EVENTS DROPPED]} or {@code CPU:1 [EVENTS DROPPED]} of trace-cmd, and
 * {@code ##### CPU 0 buffer started ####} in front of the first event of a CPU whose older events were overwritten.
 */
public final class LossLines {
    private static final byte[] LOST_CPU = Text.of("CPU:");
    private static final byte[] BRACKET = Text.of(" [");
    private static final byte[] LOST = Text.of("LOST ");
    private static final byte[] EVENTS = Text.of("EVENTS");
    private static final byte[] DROPPED = Text.of(" DROPPED");
    private static final byte[] BLANK = Text.of(" ");
    private static final byte[] STARTED_CPU = Text.of("##### CPU ");
    private static final byte[] STARTED = Text.of(" buffer started ####");

    private final LineCursor cursor = new LineCursor();

    /** The loss that a line tells of, or null. */
    public SideLine read(LineReader line) {
        cursor.on(line.bytes(), line.from(), line.to());
        if (cursor.skip(LOST_CPU)) {
            return readLost(line.number());
        }
        return cursor.skip(STARTED_CPU) ? readStarted(line.number()) : null;
    }

    private SideLine readLost(long line) {
        int cpu = cursor.decimal(LinePrefix.CPU_MAX);
        boolean kernels = cursor.expect(BRACKET).skip(LOST);
        Long lost = null;
        if (!cursor.startsWith(EVENTS)) {
            lost = cursor.decimal();
            cursor.expect(BLANK);
        }
        cursor.expect(EVENTS);
        if (!kernels) {
            cursor.expect(DROPPED);
        }
        cursor.expect(Text.CLOSE_BRACKET);
        return loss(cpu, lost, "CPU " + cpu + " lost events", line);
    }

    private SideLine readStarted(long line) {
        int cpu = cursor.decimal(LinePrefix.CPU_MAX);
        cursor.expect(STARTED);
        return loss(cpu, null, "older events of CPU " + cpu + " were overwritten", line);
    }

    private SideLine loss(int cpu, Long lost, String reason, long line) {
        return cursor.fittedToTheEnd() ? new SideLine.Lost(new Loss(cpu, lost, reason, line)) : null;
    }
}
