package io.trapline.schemas.wire;

import io.trapline.schemas.avro.TraceChunk;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventLayout;
import org.apache.avro.Schema;

/**
 * Writes events as a {@code TraceChunk} in single-object encoding, straight from the columns. One encoder serves one
 * thread.
 */
public final class ChunkEncoder {
    static final long FINGERPRINT = KnownSchemas.fingerprint(TraceChunk.getClassSchema());

    /** The kinds in the order of their arrays in the schema. */
    private static final EventKind[] COLUMN_ORDER = columnOrder();

    private final WireBuffer out = new WireBuffer();
    private final int[] countOfKind = new int[EventKind.CODES];

    /** All events of these columns. */
    public byte[] encode(EventColumns events) {
        return encode(events, 0, events.count());
    }

    /** The events of rows {@code from} (inclusive) to {@code to} (exclusive); at least one, all of known kinds. */
    public byte[] encode(EventColumns events, int from, int to) {
        if (from >= to) {
            throw new IllegalArgumentException("a chunk holds at least one event");
        }
        out.clear();
        Envelope.writeSingleObject(out, FINGERPRINT);
        writeHeader(events, from, to);
        writeOrder(events, from, to);
        writeTimes(events, from, to);
        writeCpus(events, from, to);
        writeFlags(events, from, to);
        writeSources(events, from, to);
        for (EventKind kind : COLUMN_ORDER) {
            writeColumn(events, from, to, kind);
        }
        return out.toByteArray();
    }

    private void writeHeader(EventColumns events, int from, int to) {
        long kinds = 0;
        java.util.Arrays.fill(countOfKind, 0);
        for (int row = from; row < to; row++) {
            int code = events.code(row);
            if (events.kind(row) == EventKind.UNKNOWN) {
                throw new IllegalArgumentException("an event of unknown kind " + code + " cannot be written again");
            }
            kinds |= 1L << code;
            countOfKind[code]++;
        }
        out.writeString(events.stream().run());
        out.writeString(events.stream().vm());
        out.writeLong(events.stream().vcpu());
        out.writeLong(events.clockHz());
        out.writeLong(events.firstSeq() + from);
        out.writeLong((long) to - from);
        out.writeLong(events.time(from));
        out.writeLong(events.time(to - 1));
        out.writeLong(kinds);
    }

    private void writeOrder(EventColumns events, int from, int to) {
        out.writeLong((long) to - from);
        for (int row = from; row < to; row++) {
            out.writeByte(events.code(row));
        }
    }

    private void writeTimes(EventColumns events, int from, int to) {
        out.writeLong((long) to - from);
        long previous = events.time(from);
        for (int row = from; row < to; row++) {
            out.writeLong(events.time(row) - previous);
            previous = events.time(row);
        }
        out.writeLong(0);
    }

    private void writeCpus(EventColumns events, int from, int to) {
        long runs = 1;
        for (int row = from + 1; row < to; row++) {
            runs += events.cpu(row) == events.cpu(row - 1) ? 0 : 1;
        }
        out.writeLong(runs);
        int start = from;
        for (int row = from + 1; row <= to; row++) {
            if (row == to || events.cpu(row) != events.cpu(start)) {
                out.writeLong(events.cpu(start));
                out.writeLong((long) row - start);
                start = row;
            }
        }
        out.writeLong(0);
    }

    private void writeFlags(EventColumns events, int from, int to) {
        int any = 0;
        for (int row = from; row < to; row++) {
            any |= events.flags(row);
        }
        if (any == 0) {
            out.writeLong(0);
            return;
        }
        out.writeLong((long) to - from);
        for (int row = from; row < to; row++) {
            out.writeByte(events.flags(row));
        }
    }

    private void writeSources(EventColumns events, int from, int to) {
        out.writeLong((long) to - from);
        long previous = 0;
        for (int row = from; row < to; row++) {
            out.writeLong(events.source(row) - previous);
            previous = events.source(row);
        }
        out.writeLong(0);
    }

    private void writeColumn(EventColumns events, int from, int to, EventKind kind) {
        int left = countOfKind[kind.code()];
        if (left > 0) {
            out.writeLong(left);
            EventLayout layout = EventLayout.of(kind);
            for (int row = from; left > 0 && row < to; row++) {
                if (events.kind(row) == kind) {
                    writeRecord(events, row, layout);
                    left--;
                }
            }
        }
        out.writeLong(0);
    }

    private void writeRecord(EventColumns events, int row, EventLayout layout) {
        for (EventLayout.Field field : layout.fieldArray()) {
            int place = field.place();
            if (field.nullable()) {
                boolean has = field.form() == EventLayout.Form.TEXT
                        ? events.text(row, place) != null
                        : events.has(row, place);
                out.writeLong(has ? 1 : 0);
                if (!has) {
                    continue;
                }
            }
            switch (field.form()) {
                case NUMBER -> out.writeLong(events.get(row, place));
                case FLAG -> out.writeByte((int) events.get(row, place));
                case TEXT -> out.writeString(events.text(row, place) == null ? "" : events.text(row, place));
            }
        }
    }

    static EventKind[] columnOrder() {
        return TraceChunk.getClassSchema().getFields().stream()
                .map(Schema.Field::name)
                .map(ChunkEncoder::kindOfColumn)
                .filter(kind -> kind != EventKind.UNKNOWN)
                .toArray(EventKind[]::new);
    }

    private static EventKind kindOfColumn(String name) {
        for (EventKind kind : EventKind.values()) {
            if (name.equals(kind.column())) {
                return kind;
            }
        }
        return EventKind.UNKNOWN;
    }
}
