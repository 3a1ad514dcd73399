package io.trapline.producer.line;

/** Finds the name of the event at the cursor. A name has no blanks and ends at a colon. */
public final class EventName {
    /** Bytes of a name: the longest of the kernel have less than 64. */
    static final int BYTES_MAX = 256;

    private EventName() {}

    /** Where the name that begins at {@code from} ends, or before {@code from} if there is none. */
    public static int end(byte[] line, int from, int to) {
        int stop = Math.min(to, from + BYTES_MAX + 1);
        for (int i = from; i < stop && !Text.isBlank(line[i]); i++) {
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
