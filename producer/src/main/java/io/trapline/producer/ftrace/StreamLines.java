package io.trapline.producer.ftrace;

import io.trapline.schemas.avro.StreamThread;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventText;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.wire.ChunkDecoder;
import java.util.Iterator;
import java.util.List;

/** The events of one stream as lines of {@code trace}, in their order; one at a time, so that streams can be merged. */
final class StreamLines implements Comparable<StreamLines> {
    /** Whose line an event is that belongs to no thread of a VM. */
    static final StreamThread IDLE = new StreamThread(0, "<idle>");

    private static final int COMM_WIDTH = 16;
    private static final int PID_WIDTH = 7;
    private static final int CPU_WIDTH = 3;
    private static final int SECONDS_WIDTH = 5;
    private static final int MICROS_WIDTH = 6;
    private static final long MICROS = 1_000_000;

    private final int place;
    private final String prefix;
    private final Iterator<byte[]> chunks;
    private final ChunkDecoder decoder = new ChunkDecoder();
    private final EventColumns columns = new EventColumns();
    private final EventView event = new EventView();
    private int row = -1;

    /** {@code place} decides between streams at the same time. */
    StreamLines(int place, StreamThread thread, int process, List<byte[]> chunks) {
        this.place = place;
        this.chunks = chunks.iterator();
        prefix = prefix(thread, process);
    }

    private static String prefix(StreamThread thread, int process) {
        StringBuilder text = new StringBuilder();
        right(text, thread.getComm(), COMM_WIDTH).append('-');
        int from = text.length();
        text.append(thread.getPid());
        pad(text, ' ', PID_WIDTH - (text.length() - from));
        right(text.append(" ("), Integer.toString(process), PID_WIDTH);
        return text.append(") [").toString();
    }

    /** Whether a recording can have it. */
    static boolean isRecordable(EventColumns columns, int row) {
        return !columns.kind(row).isGroundTruth() && !columns.isCopy(row);
    }

    /** Goes to the next event; returns whether there is one. */
    boolean advance() {
        do {
            row++;
            while (row == columns.count()) {
                if (!chunks.hasNext()) {
                    return false;
                }
                decoder.decode(chunks.next(), columns);
                row = 0;
            }
        } while (!isRecordable(columns, row));
        return true;
    }

    void appendTo(StringBuilder line) {
        line.append(prefix);
        zeros(line, columns.cpu(row), CPU_WIDTH).append("] ");
        flags(line, columns.flags(row));
        long micros = micros();
        right(line.append(' '), Long.toString(micros / MICROS), SECONDS_WIDTH).append('.');
        zeros(line, micros % MICROS, MICROS_WIDTH).append(": ");
        EventText.append(line, event.on(columns, row));
    }

    private long micros() {
        return columns.time(row) / (columns.clockHz() / MICROS);
    }

    /** Need-resched and preempt depth of an interrupt-free kernel path; depth is 1 where IRQs are off, as around an entry. */
    private static void flags(StringBuilder line, int flags) {
        boolean irqsOff = (flags & EventFlags.IRQS_OFF) != 0;
        boolean bhOff = (flags & EventFlags.BH_OFF) != 0;
        line.append(irqsOff ? bhOff ? 'D' : 'd' : bhOff ? 'b' : '.');
        line.append((flags & EventFlags.NEED_RESCHED) != 0 ? 'N' : '.');
        boolean hard = (flags & EventFlags.HARD_IRQ) != 0;
        boolean soft = (flags & EventFlags.SOFT_IRQ) != 0;
        line.append(hard ? soft ? 'H' : 'h' : soft ? 's' : '.');
        line.append(irqsOff ? "1." : "..");
    }

    private static StringBuilder right(StringBuilder line, String text, int width) {
        return pad(line, ' ', width - text.length()).append(text);
    }

    private static StringBuilder zeros(StringBuilder line, long number, int width) {
        String text = Long.toString(number);
        return pad(line, '0', width - text.length()).append(text);
    }

    private static StringBuilder pad(StringBuilder line, char with, int count) {
        return line.append(String.valueOf(with).repeat(Math.max(0, count)));
    }

    @Override
    public int compareTo(StreamLines other) {
        int byTime = Long.compare(columns.time(row), other.columns.time(other.row));
        return byTime != 0 ? byTime : Integer.compare(place, other.place);
    }
}
