package io.trapline.schemas.wire;

/** These bytes are not a record of ours: no known envelope, or a body that does not follow its schema. Dead letter. */
public final class ForeignBytesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ForeignBytesException(String message) {
        super(message);
    }

    public ForeignBytesException(String message, Throwable cause) {
        super(message, cause);
    }
}
