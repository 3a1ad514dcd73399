package io.trapline.app.proof;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of a kernel trace, taken apart by regular expressions: nothing of this is the importer's. */
record RecordedLine(int place, String text, int thread, String flags, String event, String fields) {
    private static final Pattern EVENT =
            Pattern.compile("^.*-(\\d+) +\\[\\d+\\] ([^ ]{4,5}) +\\d+\\.\\d+: (\\w+): (.*)$");
    private static final int FLAG_OF_INTERRUPT = 2;

    /** Null for a line that is no event. */
    static RecordedLine of(int place, String text) {
        Matcher parts = EVENT.matcher(text);
        return parts.matches()
                ? new RecordedLine(
                        place, text, Integer.parseInt(parts.group(1)), parts.group(2), parts.group(3), parts.group(4))
                : null;
    }

    boolean is(String name, String regex) {
        return event.equals(name) && fields.matches(regex);
    }

    boolean inInterrupt() {
        return "hHs".indexOf(flags.charAt(FLAG_OF_INTERRUPT)) >= 0;
    }

    /** Written with IRQs on, so behind the irqoff window of its turn. */
    boolean irqsOn() {
        return "dD".indexOf(flags.charAt(0)) < 0 && !inInterrupt();
    }

    /** The hexadecimal number behind a text. */
    long hexAfter(String before) {
        Matcher number = Pattern.compile(Pattern.quote(before) + "([0-9a-f]+)").matcher(fields);
        if (!number.find()) {
            throw new IllegalStateException("no " + before + " in " + text);
        }
        return Long.parseUnsignedLong(number.group(1), 16);
    }
}
