package io.trapline.producer;

import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventLayout;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A sink that keeps each event as a line of text, and checks what every sink may rely on. */
public final class CollectedEvents implements EventSink {
    private final Map<StreamKey, List<String>> streams = new TreeMap<>();
    private final Map<StreamKey, Long> lastTimes = new TreeMap<>();
    private int chunkEventsMax;

    @Override
    public void accept(EventColumns events) {
        List<String> lines = streams.computeIfAbsent(events.stream(), key -> new ArrayList<>());
        if (events.firstSeq() != lines.size()) {
            throw new AssertionError(events.stream() + " goes on with " + events.firstSeq() + " after " + lines.size());
        }
        chunkEventsMax = Math.max(chunkEventsMax, events.count());
        EventView event = new EventView();
        for (int row = 0; row < events.count(); row++) {
            checkTime(events, row);
            lines.add(line(event.on(events, row)));
        }
    }

    private void checkTime(EventColumns events, int row) {
        Long before = lastTimes.put(events.stream(), events.time(row));
        if (before != null && before > events.time(row)) {
            throw new AssertionError(events.stream() + " goes back at " + events.source(row));
        }
    }

    /** An event with everything in it. */
    public static String line(EventView event) {
        StringBuilder line = new StringBuilder();
        line.append(event.kind()).append(" time=").append(event.time());
        line.append(" cpu=").append(event.cpu());
        line.append(" flags=").append(Integer.toHexString(event.flags()));
        line.append(" source=").append(event.source());
        return line.append(fields(event)).toString();
    }

    /** The fields of an event that are set: flags as words, numbers in hexadecimal. */
    public static String fields(EventView event) {
        StringBuilder text = new StringBuilder();
        for (EventLayout.Field field : EventLayout.of(event.kind()).fields()) {
            String value = switch (field.form()) {
                case NUMBER -> "0x" + Long.toHexString(event.get(field.place()));
                case FLAG -> String.valueOf(event.is(field.place()));
                case TEXT -> "\"" + event.text(field.place()) + "\"";
            };
            boolean isSet = field.form() == EventLayout.Form.TEXT
                    ? event.text(field.place()) != null
                    : event.has(field.place());
            text.append(isSet ? " " + field.name() + "=" + value : "");
        }
        return text.toString();
    }

    public Map<StreamKey, List<String>> streams() {
        return streams;
    }

    /** Events of one stream, none where there is no such. */
    public List<String> stream(String vm, int vcpu) {
        return streams.entrySet().stream()
                .filter(entry ->
                        entry.getKey().vm().equals(vm) && entry.getKey().vcpu() == vcpu)
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    public int chunkEventsMax() {
        return chunkEventsMax;
    }
}
