package io.trapline.app.cluster;

/** The log does not hold every event that a run lists. The message is a sentence that says what is missing. */
public final class IncompleteRun extends Exception {
    private static final long serialVersionUID = 1L;

    IncompleteRun(String sentence) {
        super(sentence);
    }
}
