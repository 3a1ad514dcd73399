package io.trapline.producer.ftrace;

import io.trapline.schemas.event.EventFields.OtherEvent;
import io.trapline.schemas.event.EventKind;

/** Reads what follows the prefix: the name of the tracepoint, and its body by the parser that is registered for it. */
final class EventReader {
    private static final int NAMES_REMEMBERED_MAX = 4_096;
    private static final String NAMELESS = "";

    private final NameTable<EventParser> parsers = EventParsers.table();
    private final NameTable<String> otherNames = new NameTable<>();
    private final LineCursor body = new LineCursor();

    /**
     * Fills the draft with the event. What we have no parser for becomes an OtherEvent; so does what its parser cannot
     * read. Returns null, or why the line counts as unparsed.
     */
    String read(byte[] line, int nameFrom, int end, EventDraft draft) {
        int nameTo = nameEnd(line, nameFrom, end);
        if (nameTo < 0) {
            other(NAMELESS, Text.string(line, nameFrom, end), draft);
            return "no event name behind the time";
        }
        int bodyFrom = Math.min(end, nameTo + 2);
        EventParser parser = parsers.get(line, nameFrom, nameTo);
        if (parser == null) {
            other(otherName(line, nameFrom, nameTo), Text.string(line, bodyFrom, end), draft);
            return null;
        }
        body.on(line, bodyFrom, end);
        body.skipBlanks();
        parser.parse(body, draft);
        return body.fittedToTheEnd() ? null : unreadable(line, nameFrom, nameTo, end, draft);
    }

    private String unreadable(byte[] line, int nameFrom, int nameTo, int end, EventDraft draft) {
        String name = Text.string(line, nameFrom, nameTo);
        draft.forgetBody();
        other(name, Text.string(line, Math.min(end, nameTo + 2), end), draft);
        return name + " in a form we do not know";
    }

    /** Position of the colon behind a name, -1 if there is none: a name has no blanks. */
    private static int nameEnd(byte[] line, int from, int end) {
        for (int i = from; i < end && line[i] != ' '; i++) {
            if (line[i] == ':') {
                return i > from ? i : -1;
            }
        }
        return -1;
    }

    private static void other(String name, String text, EventDraft draft) {
        draft.begin(EventKind.OTHER_EVENT);
        draft.setText(OtherEvent.NAME, name);
        draft.setText(OtherEvent.TEXT, text);
    }

    private String otherName(byte[] line, int from, int to) {
        String known = otherNames.get(line, from, to);
        if (known != null) {
            return known;
        }
        String name = Text.string(line, from, to);
        if (otherNames.size() < NAMES_REMEMBERED_MAX) {
            otherNames.put(name, name);
        }
        return name;
    }
}
