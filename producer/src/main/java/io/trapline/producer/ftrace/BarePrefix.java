package io.trapline.producer.ftrace;

import io.trapline.producer.line.Clocks;
import io.trapline.producer.line.EventName;
import io.trapline.producer.line.LinePrefix;
import io.trapline.producer.line.Text;
import io.trapline.producer.line.Tokenizer;
import io.trapline.producer.tracepoint.EventReader;
import io.trapline.schemas.event.EventFlags;

/** No prefix at all (option nocontext-info): a line is an event's name and body. Nobody says who, where and when. */
final class BarePrefix implements Tokenizer {
    /** Made when a line looks as if it had no prefix: it brings the whole schema along. */
    private EventReader events;

    @Override
    public boolean read(byte[] line, int from, int to, LinePrefix into) {
        int nameTo = EventName.end(line, from, to);
        if (!isName(line, from, nameTo) || !isBodyAhead(line, nameTo + 1, to)) {
            return false;
        }
        into.comm(from, from);
        into.thread(LinePrefix.NONE, LinePrefix.NONE);
        into.cpu(0);
        into.flags(EventFlags.NONE, 0);
        into.time(0, Clocks.WITHOUT_TIME);
        into.name(from, nameTo);
        return true;
    }

    /** Whether the line is an event that we have a parser for: any text may have a colon. */
    boolean isKnown(byte[] line, int from, int to, LinePrefix into) {
        if (!read(line, from, to, into)) {
            return false;
        }
        events = events == null ? new EventReader() : events;
        return events.knows(line, into.nameFrom(), into.nameTo());
    }

    private static boolean isName(byte[] line, int from, int to) {
        for (int at = from; at < to; at++) {
            boolean digit = line[at] >= '0' && line[at] <= '9';
            if (!isLetter(line[at]) && (!digit || at == from)) {
                return false;
            }
        }
        return to > from;
    }

    /** A blank stands behind the colon, unlike in {@code CPU:1 [LOST 1586 EVENTS]}. */
    private static boolean isBodyAhead(byte[] line, int at, int to) {
        return at == to || Text.isBlank(line[at]);
    }

    private static boolean isLetter(byte character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z' || character == '_';
    }
}
