package io.trapline.app.cli;

/** Ends a command with an exit code and a sentence for the user that says what, where and what to do. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** A failure nothing else was thrown for. */
    public CommandFailure(int exitCode, String sentence) {
        this(exitCode, sentence, null);
    }

    /** A failure whose cause is shown with {@code --debug}. */
    public CommandFailure(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
