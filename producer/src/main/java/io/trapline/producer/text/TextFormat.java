package io.trapline.producer.text;

import io.trapline.producer.line.Tokenizer;
import io.trapline.producer.tracepoint.FormatMark;
import java.util.Set;

/** A format of text: how it is told from the others, how its lines begin, and what stands between its events. */
public interface TextFormat {
    /** Name in {@code --input-format} and in run records. */
    String name();

    /** What writes it, in half a line. */
    String description();

    /** Whether a line of the beginning shows that the input is of this format. */
    boolean isShownBy(byte[] line, int from, int to);

    /** Reads the beginning of an event's line. A new one: it keeps what it has learnt about a recording. */
    Tokenizer tokenizer();

    /** Reads the lines that are no events. A new one. */
    SideLines sideLines();

    /** What the tool decides and the kernel does not: these marks bound no kernel here. */
    Set<FormatMark> marksOfTheTool();

    /**
     * Why a line that is no event makes the whole input unreadable, with what to change when recording; null where it
     * does not. Asked only while no event has been seen.
     */
    default String refusal(byte[] line, int from, int to) {
        return null;
    }
}
