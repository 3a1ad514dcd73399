package io.trapline.producer.publish;

/** The cluster did not take or give what was asked. The message is a sentence for the user: what, where, what to do. */
public class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PublishException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    public PublishException(String sentence) {
        super(sentence);
    }
}
