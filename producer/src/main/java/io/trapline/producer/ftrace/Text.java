package io.trapline.producer.ftrace;

import java.nio.charset.StandardCharsets;

/** The fixed parts of what the kernel prints, as bytes. */
final class Text {
    static final byte[] OPEN_BRACKET = of("[");
    static final byte[] CLOSE_BRACKET_BLANK = of("] ");
    static final byte[] OPEN_PARENTHESIS = of("(");
    static final byte[] CLOSE_PARENTHESIS = of(")");
    static final byte[] UNKNOWN_TGID = of("-------");
    static final byte[] POINT = of(".");
    static final byte[] COLON = of(":");
    static final byte[] HEX = of("0x");
    static final byte[] EQUALS_HEX = of(" = 0x");
    static final byte[] VCPU = of("vcpu ");
    static final byte[] REASON = of("reason ");
    static final byte[] RIP_HEX = of(" rip 0x");
    static final byte[] INTR_INFO_HEX = of(" intr_info 0x");
    static final byte[] ERROR_CODE_HEX = of(" error_code 0x");
    static final byte[] REINJECTED = of(" [reinjected]");
    static final byte[] GP = of(" (#GP)");

    private Text() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A piece of a line as string. */
    static String string(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
