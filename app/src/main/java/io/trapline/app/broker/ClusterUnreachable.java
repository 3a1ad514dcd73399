package io.trapline.app.broker;

/** No cluster can be used, and why: the message is the sentence the user reads (exit code 4). */
public final class ClusterUnreachable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A sentence that says what is unreachable, where, and what to do; and what was thrown, if anything. */
    public ClusterUnreachable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
