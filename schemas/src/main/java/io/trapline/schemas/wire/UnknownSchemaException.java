package io.trapline.schemas.wire;

/**
 * A valid envelope names a schema that this reader does not know. The log is the truth and skipping would tear holes, so
 * this stops whoever reads: a newer Trapline wrote it, or its schema registry has to be named.
 */
public final class UnknownSchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownSchemaException(String message) {
        super(message);
    }
}
