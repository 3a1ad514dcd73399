package io.trapline.producer.line;

/**
 * Takes the beginning of an event's line apart, as far as the name of the event: who, where and when, but not what. One
 * for each form of prefix. A tokenizer serves one recording.
 */
@FunctionalInterface
public interface Tokenizer {
    /** Fills in the prefix; false if the line does not begin so, and then the prefix means nothing. */
    boolean read(byte[] line, int from, int to, LinePrefix into);
}
