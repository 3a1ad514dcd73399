package io.trapline.producer.file;

/** From here on the file is not what was written; what came before it stands. The message says what is wrong. */
final class DamagedFile extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedFile(String message) {
        super(message);
    }

    DamagedFile(String message, Throwable cause) {
        super(message, cause);
    }
}
