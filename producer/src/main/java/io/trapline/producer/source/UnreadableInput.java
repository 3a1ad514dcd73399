package io.trapline.producer.source;

/**
 * The input as a whole cannot be read: missing, a directory, empty, binary, or no trace. The message is one sentence
 * for a person that names the input and what to do. Single bad lines are no such thing: they are counted.
 */
public final class UnreadableInput extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableInput(String sentence) {
        super(sentence);
    }

    public UnreadableInput(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
