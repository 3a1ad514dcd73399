package io.trapline.schemas.wire;

import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventLayout;
import io.trapline.schemas.event.StreamKey;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Events of all kinds with random fields: legal for the wire, nonsense for a hypervisor. */
final class RandomEvents {
    static final List<EventKind> KINDS = Arrays.stream(EventKind.values())
            .filter(kind -> kind != EventKind.UNKNOWN)
            .toList();

    private RandomEvents() {}

    static EventColumns of(long seed, int count) {
        Random random = new Random(seed);
        EventColumns events = new EventColumns();
        events.reset(new StreamKey("run/" + seed, "vm ä", random.nextInt(8)), 1_000_000, random.nextInt(100));
        long time = random.nextLong(1L << 50);
        boolean flags = random.nextBoolean();
        for (int i = 0; i < count; i++) {
            EventKind kind = KINDS.get(random.nextInt(KINDS.size()));
            time += random.nextInt(5000);
            events.append(kind, time, random.nextInt(4) / 3, flags ? random.nextInt(256) : 0, 10L * i);
            fill(events, kind, random);
        }
        return events;
    }

    private static void fill(EventColumns events, EventKind kind, Random random) {
        for (EventLayout.Field field : EventLayout.of(kind).fields()) {
            if (field.nullable() && random.nextBoolean()) {
                continue;
            }
            switch (field.form()) {
                case NUMBER -> events.set(field.place(), number(kind, field.name(), random));
                case FLAG -> events.set(field.place(), random.nextBoolean());
                case TEXT -> events.setText(field.place(), "text " + random.nextInt(1000) + " é");
            }
        }
    }

    /** Any value that the field's type on the wire can hold. */
    private static long number(EventKind kind, String field, Random random) {
        var schema = io.trapline.schemas.avro.TraceChunk.getClassSchema()
                .getField(kind.column())
                .schema()
                .getElementType()
                .getField(field)
                .schema();
        boolean narrow = schema.toString().contains("\"int\"");
        return narrow ? random.nextInt() : random.nextLong() >> random.nextInt(64);
    }

    /** All that a reader can see of the events, for comparing. */
    static String dump(EventColumns events) {
        StringBuilder out = new StringBuilder();
        out.append(events.stream())
                .append(' ')
                .append(events.clockHz())
                .append(' ')
                .append(events.firstSeq());
        for (int row = 0; row < events.count(); row++) {
            out.append('\n').append(events.code(row)).append(' ').append(events.time(row));
            out.append(' ').append(events.cpu(row)).append(' ').append(events.flags(row));
            out.append(' ').append(events.source(row));
            for (int slot = 0; slot < EventColumns.SLOTS; slot++) {
                out.append(' ').append(events.has(row, slot) ? Long.toHexString(events.get(row, slot)) : "-");
            }
            for (int place = 0; place < EventColumns.TEXTS; place++) {
                out.append(' ').append(events.text(row, place));
            }
        }
        return out.toString();
    }
}
