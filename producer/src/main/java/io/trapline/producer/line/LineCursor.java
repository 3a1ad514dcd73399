package io.trapline.producer.line;

import java.util.Arrays;

/**
 * Reads the fields of one line from left to right. What does not fit sets {@link #failed} once and for all, so that a
 * parser can ask at its end instead of after each field.
 */
public final class LineCursor {
    private static final int HEX_DIGITS_MAX = 16;
    private static final int DECIMAL_DIGITS_MAX = 18;
    private static final byte[] HEX_VALUES = hexValues();

    private byte[] bytes = {};
    private int at;
    private int end;
    private boolean failed;

    public void on(byte[] newBytes, int from, int to) {
        bytes = newBytes;
        at = from;
        end = to;
        failed = false;
    }

    /** Goes over {@code literal} if it comes next, and says so. */
    public boolean skip(byte[] literal) {
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

    /** Whether {@code literal} comes next. */
    public boolean startsWith(byte[] literal) {
        return Arrays.equals(bytes, at, Math.min(end, at + literal.length), literal, 0, literal.length);
    }

    /** {@code literal} has to come next. */
    public LineCursor expect(byte[] literal) {
        failed |= !skip(literal);
        return this;
    }

    /** One of two has to come next: whether it is the first. */
    public boolean either(byte[] first, byte[] second) {
        if (skip(first)) {
            return true;
        }
        expect(second);
        return false;
    }

    /** One to 16 hexadecimal digits, without {@code 0x}. */
    public long hex() {
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
    public long hexAfter(byte[] literal) {
        return expect(literal).hex();
    }

    /** One to 18 decimal digits. */
    public long decimal() {
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
    public int decimal(int max) {
        long value = decimal();
        failed |= value > max;
        return (int) value;
    }

    /** Goes to the next {@code literal}, which has to come, and returns where the text before it ends. */
    public int upTo(byte[] literal) {
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

    public void skipBlanks() {
        byte[] line = bytes;
        int stop = end;
        int position = at;
        while (position < stop && Text.isBlank(line[position])) {
            position++;
        }
        at = position;
    }

    /** Whether all fields fitted and nothing but blanks is left. */
    public boolean fittedToTheEnd() {
        skipBlanks();
        return !failed && at == end;
    }

    public boolean failed() {
        return failed;
    }

    public void fail() {
        failed = true;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int at() {
        return at;
    }

    public int end() {
        return end;
    }

    public void to(int position) {
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
