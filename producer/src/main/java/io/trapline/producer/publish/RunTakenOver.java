package io.trapline.producer.publish;

/** Another process has claimed the run that this one was writing. */
public final class RunTakenOver extends PublishException {
    private static final long serialVersionUID = 1L;

    RunTakenOver(String run, Throwable cause) {
        super("run " + run + " was taken over by another process that publishes the same run", cause);
    }
}
