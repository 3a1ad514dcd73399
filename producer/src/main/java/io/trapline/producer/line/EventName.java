package io.trapline.producer.line;

/** Finds the name of the event at the cursor. A name has no blanks and ends at a colon. */
public final class EventName {
    private EventName() {}

    /** Where the name that begins at {@code from} ends, or before {@code from} if there is none. */
    public static int end(byte[] line, int from, int to) {
        for (int i = from; i < to && line[i] != ' '; i++) {
            if (line[i] == ':') {
                return i > from ? i : from - 1;
            }
        }
        return from - 1;
    }

    /** The name at the cursor: what stands there up to the colon. */
    public static boolean read(LineCursor cursor, LinePrefix into) {
        into.name(cursor.at(), end(cursor.bytes(), cursor.at(), cursor.end()));
        return !cursor.failed();
    }
}
