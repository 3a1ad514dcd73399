package io.trapline.producer.ftrace;

/**
 * Reads the fields of one line from left to right. What does not fit sets {@link #failed} once and for all, so that a
 * parser can ask at its end instead of after each field.
 */
final class LineCursor {
    private static final int HEX_DIGITS_MAX = 16;
    private static final int DECIMAL_DIGITS_MAX = 18;
    private static final byte[] HEX_VALUES = hexValues();

    private byte[] bytes = {};
    private int at;
    private int end;
    private boolean failed;

    void on(byte[] newBytes, int from, int to) {
        bytes = newBytes;
        at = from;
        end = to;
        failed = false;
    }

    /** Goes over {@code literal} if it comes next, and says so. */
    boolean skip(byte[] literal) {
        byte[] line = bytes;
        int from = at;
        int length = literal.length;
        if (end - from < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (line[from + i] != literal[i]) {
                return false;
            }
        }
        at = from + length;
        return true;
    }

    /** {@code literal} has to come next. */
    LineCursor expect(byte[] literal) {
        failed |= !skip(literal);
        return this;
    }

    /** One of two has to come next: whether it is the first. */
    boolean either(byte[] first, byte[] second) {
        if (skip(first)) {
            return true;
        }
        expect(second);
        return false;
    }

    /** One to 16 hexadecimal digits, without {@code 0x}. */
    long hex() {
        // Locals, here and below: what is in a field is written back for each digit.
        byte[] digits = bytes;
        int stop = end;
        int position = at;
        long value = 0;
        while (position < stop) {
            int digit = HEX_VALUES[digits[position] & 0xff];
            if (digit < 0) {
                break;
            }
            value = value << 4 | digit;
            position++;
        }
        int count = position - at;
        failed |= count == 0 || count > HEX_DIGITS_MAX;
        at = position;
        return value;
    }

    /** {@code literal}, which ends in {@code 0x} or before bare digits, and then {@link #hex}. */
    long hexAfter(byte[] literal) {
        return expect(literal).hex();
    }

    /** One to 18 decimal digits. */
    long decimal() {
        byte[] digits = bytes;
        int stop = end;
        int position = at;
        long value = 0;
        while (position < stop) {
            int digit = digits[position] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
            position++;
        }
        int count = position - at;
        failed |= count == 0 || count > DECIMAL_DIGITS_MAX;
        at = position;
        return value;
    }

    /** A decimal number of at most {@code max}. */
    int decimal(int max) {
        long value = decimal();
        failed |= value > max;
        return (int) value;
    }

    /** Goes to the next {@code literal}, which has to come, and returns where the text before it ends. */
    int upTo(byte[] literal) {
        for (int i = at; i <= end - literal.length; i++) {
            if (bytes[i] == literal[0] && startsAt(literal, i)) {
                at = i;
                return i;
            }
        }
        failed = true;
        return at;
    }

    private boolean startsAt(byte[] literal, int position) {
        for (int i = 1; i < literal.length; i++) {
            if (bytes[position + i] != literal[i]) {
                return false;
            }
        }
        return true;
    }

    void skipBlanks() {
        byte[] line = bytes;
        int stop = end;
        int position = at;
        while (position < stop && line[position] == ' ') {
            position++;
        }
        at = position;
    }

    /** Whether all fields fitted and nothing but blanks is left. */
    boolean fittedToTheEnd() {
        skipBlanks();
        return !failed && at == end;
    }

    boolean failed() {
        return failed;
    }

    void fail() {
        failed = true;
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    int end() {
        return end;
    }

    void to(int position) {
        at = position;
    }

    private static byte[] hexValues() {
        byte[] values = new byte[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) Character.digit((char) i, 16);
        }
        return values;
    }
}
