package io.trapline.producer.publish;

/** Hears how far a publication has come, on the publishing thread. */
@FunctionalInterface
public interface PublishProgress {
    /** For those who do not watch. */
    PublishProgress NONE = (events, bytes) -> {};

    /** Totals since the start: events sent, and bytes of their chunks before compression. */
    void sent(long events, long bytes);

    /** The run was begun before, and its first {@code events} are in the log: they are not sent again. Called at most once. */
    default void resumed(long events) {}
}
