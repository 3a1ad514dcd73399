package io.trapline.producer.line;

/** The time of an event as text, and the colon behind it. The number of decimals tells the unit. */
public final class Timestamp {
    private static final long US_PER_SECOND = 1_000_000;
    private static final long NS_PER_SECOND = 1_000_000_000;
    private static final int SECONDS_DIGITS_MAX = 9;

    private static final byte[] MICROSECONDS = Text.of("us");
    /** What the latency format puts behind a time to show how long it is until the next line. */
    private static final byte[][] DELAY_MARKS = {
        Text.of(" "), Text.of("+"), Text.of("!"), Text.of("#"), Text.of("*"), Text.of("@"), Text.of("$")
    };

    /** {@code (+12)}: what trace-cmd report --ts-diff puts behind a time. */
    private static final byte[] DIFFERENCE = Text.of("(+");

    private Timestamp() {}

    /** {@code 13.738170: }, {@code 13.738170041: } or {@code 109256256115: }. */
    public static boolean read(LineCursor cursor, LinePrefix into) {
        int from = cursor.at();
        long whole = cursor.decimal();
        if (!cursor.skip(Text.POINT)) {
            into.time(whole, Clocks.DIGITS_NONE);
            return readColon(cursor);
        }
        boolean fits = cursor.at() - 1 - from <= SECONDS_DIGITS_MAX;
        int fraction = cursor.at();
        long part = cursor.decimal();
        int digits = cursor.at() - fraction;
        into.time(whole * (digits == Clocks.DIGITS_US ? US_PER_SECOND : NS_PER_SECOND) + part, digits);
        return fits && (digits == Clocks.DIGITS_US || digits == Clocks.DIGITS_NS) && readColon(cursor);
    }

    /** As {@link #read}, or {@code 97853us+: } since the first event. */
    public static boolean readOfLatencyFormat(LineCursor cursor, LinePrefix into) {
        int from = cursor.at();
        long whole = cursor.decimal();
        if (!cursor.skip(MICROSECONDS)) {
            if (cursor.failed()) {
                return false;
            }
            cursor.to(from);
            return read(cursor, into);
        }
        into.time(whole, Clocks.DIGITS_US);
        skipDelayMark(cursor);
        return readColon(cursor);
    }

    private static void skipDelayMark(LineCursor cursor) {
        for (byte[] mark : DELAY_MARKS) {
            if (cursor.skip(mark)) {
                return;
            }
        }
    }

    private static boolean readColon(LineCursor cursor) {
        cursor.expect(Text.COLON).skipBlanks();
        if (cursor.skip(DIFFERENCE)) {
            cursor.decimal();
            cursor.expect(Text.CLOSE_PARENTHESIS).skipBlanks();
        }
        return !cursor.failed();
    }
}
