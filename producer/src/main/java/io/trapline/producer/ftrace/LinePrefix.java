package io.trapline.producer.ftrace;

import io.trapline.schemas.event.EventFlags;

/**
 * Takes the beginning of an event's line apart: {@code comm-PID (TGID) [CPU] flags time: name: body}. A comm may hold
 * blanks, dashes, brackets, colons and digits, even {@code "x: kvm_exit: 0"}, so it is not read from the left: the kernel
 * pads it to {@link #COMM_WIDTH} bytes, and the dash behind it stands in that column. Where blanks were lost (a line out
 * of a mail), dashes are tried from the right.
 */
final class LinePrefix {
    static final int COMM_WIDTH = 16;
    static final int CPU_MAX = 65_535;
    static final int PID_MAX = 1 << 30;
    static final int NO_TGID = -1;

    /** Digits behind the point: microseconds, nanoseconds, or none for a clock that is a bare counter. */
    static final int DIGITS_US = 6;

    static final int DIGITS_NS = 9;
    static final int DIGITS_NONE = 0;

    private static final long US_PER_SECOND = 1_000_000;
    private static final long NS_PER_SECOND = 1_000_000_000;
    private static final int SECONDS_DIGITS_MAX = 9;

    private final LineCursor cursor = new LineCursor();
    private byte[] bytes = {};
    private int end;

    private int commFrom;
    private int commTo;
    private int pid;
    private int tgid;
    private int cpu;
    private int flags;
    private int flagCharacters;
    private long time;
    private int timeDigits;
    private int nameFrom;

    /** Takes a line apart; false if it does not begin as an event's does. */
    boolean read(byte[] line, int from, int to) {
        bytes = line;
        end = to;
        commFrom = from;
        return readFromDash(from + COMM_WIDTH) || readFromTheRight(from);
    }

    private boolean readFromTheRight(int from) {
        int blanks = from;
        while (blanks < end && bytes[blanks] == ' ') {
            blanks++;
        }
        int lastDash = Math.min(end - 1, blanks + COMM_WIDTH);
        for (int dash = lastDash; dash >= blanks; dash--) {
            if (readFromDash(dash)) {
                return true;
            }
        }
        return false;
    }

    private boolean readFromDash(int dash) {
        if (dash >= end || bytes[dash] != '-') {
            return false;
        }
        commTo = dash;
        cursor.on(bytes, dash + 1, end);
        pid = cursor.decimal(PID_MAX);
        cursor.skipBlanks();
        tgid = readTgid();
        cursor.expect(Text.OPEN_BRACKET);
        cpu = cursor.decimal(CPU_MAX);
        cursor.expect(Text.CLOSE_BRACKET_BLANK).skipBlanks();
        return !cursor.failed() && readFlags() && readTime();
    }

    /** {@code (    687)}, or dashes where the kernel has not learnt the thread group. */
    private int readTgid() {
        if (!cursor.skip(Text.OPEN_PARENTHESIS)) {
            return NO_TGID;
        }
        cursor.skipBlanks();
        boolean unknown = cursor.skip(Text.UNKNOWN_TGID);
        int group = unknown ? NO_TGID : cursor.decimal(PID_MAX);
        cursor.expect(Text.CLOSE_PARENTHESIS).skipBlanks();
        return group;
    }

    private boolean readFlags() {
        int from = cursor.at();
        int to = from;
        while (to < end && bytes[to] != ' ') {
            to++;
        }
        flagCharacters = to - from;
        if (to == end || bytes[to - 1] == ':') {
            // The time follows at once: recorded with noirq-info.
            flagCharacters = 0;
            flags = EventFlags.NONE;
            return to > from && isDigit(bytes[from]);
        }
        boolean known = flagCharacters == FlagColumn.CHARACTERS
                || flagCharacters == FlagColumn.CHARACTERS_BEFORE_MIGRATE_DISABLE;
        flags = known ? FlagColumn.flags(bytes, from) : EventFlags.NONE;
        cursor.to(to);
        cursor.skipBlanks();
        return known;
    }

    private boolean readTime() {
        int from = cursor.at();
        long whole = cursor.decimal();
        if (!cursor.skip(Text.POINT)) {
            timeDigits = DIGITS_NONE;
            time = whole;
            return readColon();
        }
        boolean fits = cursor.at() - 1 - from <= SECONDS_DIGITS_MAX;
        int fraction = cursor.at();
        long part = cursor.decimal();
        timeDigits = cursor.at() - fraction;
        time = whole * (timeDigits == DIGITS_US ? US_PER_SECOND : NS_PER_SECOND) + part;
        return fits && (timeDigits == DIGITS_US || timeDigits == DIGITS_NS) && readColon();
    }

    private boolean readColon() {
        cursor.expect(Text.COLON).skipBlanks();
        nameFrom = cursor.at();
        return !cursor.failed();
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    int commFrom() {
        return commFrom;
    }

    int commTo() {
        return commTo;
    }

    int pid() {
        return pid;
    }

    /** Thread group, or {@link #NO_TGID}. */
    int tgid() {
        return tgid;
    }

    int cpu() {
        return cpu;
    }

    /** Bits of {@link EventFlags}. */
    int flags() {
        return flags;
    }

    /** Width of the irq-info column, 0 if there is none. */
    int flagCharacters() {
        return flagCharacters;
    }

    /** Time in the unit that {@link #timeDigits} tells. */
    long time() {
        return time;
    }

    int timeDigits() {
        return timeDigits;
    }

    /** Where name and body begin. */
    int nameFrom() {
        return nameFrom;
    }
}
