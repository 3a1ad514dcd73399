package io.trapline.producer.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fixed parts of what the kernel prints, as bytes. */
public final class Text {
    public static final byte[] OPEN_BRACKET = of("[");
    public static final byte[] CLOSE_BRACKET = of("]");
    public static final byte[] OPEN_PARENTHESIS = of("(");
    public static final byte[] CLOSE_PARENTHESIS = of(")");
    public static final byte[] UNKNOWN_TGID = of("-------");
    public static final byte[] POINT = of(".");
    public static final byte[] COLON = of(":");
    public static final byte[] HEX = of("0x");
    public static final byte[] EQUALS_HEX = of(" = 0x");
    public static final byte[] VCPU = of("vcpu ");
    public static final byte[] REASON = of("reason ");
    public static final byte[] RIP_HEX = of(" rip 0x");
    public static final byte[] INTR_INFO_HEX = of(" intr_info 0x");
    public static final byte[] ERROR_CODE_HEX = of(" error_code 0x");
    public static final byte[] REINJECTED = of(" [reinjected]");
    public static final byte[] GP = of(" (#GP)");

    private Text() {}

    public static byte[] of(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether this parts two fields. A tab does where an editor or a mail program made it of blanks. */
    public static boolean isBlank(byte character) {
        return character == ' ' || character == '\t';
    }

    /** Where {@code literal} begins for the last time between two places of a line, or -1. */
    public static int lastIndexOf(byte[] bytes, int from, int to, byte[] literal) {
        for (int at = to - literal.length; at >= from; at--) {
            if (Arrays.equals(bytes, at, at + literal.length, literal, 0, literal.length)) {
                return at;
            }
        }
        return -1;
    }

    /** A piece of a line as string. */
    public static String string(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
