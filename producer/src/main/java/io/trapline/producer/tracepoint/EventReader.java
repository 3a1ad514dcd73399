package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.LinePrefix;
import io.trapline.producer.line.NameTable;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.OtherEvent;
import io.trapline.schemas.event.EventKind;

/** Reads what follows the prefix: the name of the tracepoint, and its body by the parser that is registered for it. */
public final class EventReader {
    /** Names of events without a parser that are kept apart and counted; the others are counted together. */
    public static final int NAMES_MAX = 1_024;

    private static final String NAMELESS = "";
    private static final byte[] FAILED_TO_PARSE = Text.of("[FAILED TO PARSE] ");

    private final NameTable<EventParser> parsers = EventParsers.table();
    private final NameTable<EventParser> fieldsForms = FieldsForms.table();
    private final NameTable<String> otherNames = new NameTable<>();
    private final LineCursor body = new LineCursor();

    /**
     * Fills the draft with the event. What we have no parser for becomes an OtherEvent; so does what its parser cannot
     * read. Returns null, or why the line counts as unparsed.
     */
    public String read(byte[] line, LinePrefix prefix, int end, EventDraft draft) {
        int nameFrom = prefix.nameFrom();
        int nameTo = prefix.nameTo();
        if (nameTo < nameFrom) {
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
        // libtraceevent cannot print what the kernel formats by a table of its own, and then names the fields.
        body.skip(FAILED_TO_PARSE);
        if (FieldsForm.looksLike(line, body.at(), end)) {
            EventParser byFields = fieldsForms.get(line, nameFrom, nameTo);
            parser = byFields == null ? parser : byFields;
        }
        parser.parse(body, draft);
        if (draft.isDeclined()) {
            draft.forgetBody();
            other(otherName(line, nameFrom, nameTo), Text.string(line, bodyFrom, end), draft);
            return null;
        }
        return body.fittedToTheEnd() ? null : unreadable(line, nameFrom, nameTo, end, draft);
    }

    /** Fills the draft with an event of which the end may be missing: that it happened is certain, what it said is not. */
    public void readTorn(byte[] line, LinePrefix prefix, int end, EventDraft draft) {
        boolean named = prefix.nameTo() >= prefix.nameFrom();
        int bodyFrom = named ? Math.min(end, prefix.nameTo() + 2) : prefix.nameFrom();
        String name = named ? Text.string(line, prefix.nameFrom(), prefix.nameTo()) : NAMELESS;
        other(name, Text.string(line, bodyFrom, end), draft);
    }

    /** Whether there is a parser for this name: for lines that have no prefix to tell them by. */
    public boolean knows(byte[] line, int nameFrom, int nameTo) {
        return parsers.get(line, nameFrom, nameTo) != null;
    }

    private String unreadable(byte[] line, int nameFrom, int nameTo, int end, EventDraft draft) {
        String name = Text.string(line, nameFrom, nameTo);
        draft.forgetBody();
        other(name, Text.string(line, Math.min(end, nameTo + 2), end), draft);
        return name + " in a form we do not know";
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
        if (otherNames.size() < NAMES_MAX) {
            otherNames.put(name, name);
        }
        return name;
    }
}
