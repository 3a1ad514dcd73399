package io.trapline.app.cli;

/** What the exit status of {@code trapline} means: scripts rely on it. */
public final class ExitCode {

    /** It did what was asked, and found nothing that fails a run. */
    public static final int FINE = 0;

    /** It did what was asked, and {@code --fail-on} fails it: by findings, or by what differs. */
    public static final int FINDINGS = 1;

    /** The command line can not be understood. */
    public static final int USAGE = 2;

    /** A file or stream that should be read can not be, or is not what it should be. */
    public static final int INPUT_UNREADABLE = 3;

    /** There is no Kafka cluster to work with. */
    public static final int CLUSTER_UNREACHABLE = 4;

    /** Trapline itself is wrong. Not 1, which a script would take for findings. */
    public static final int DEFECT = 70;

    private ExitCode() {}
}
