package io.trapline.producer.publish;

/** Hears how far a publication has come, on the publishing thread. */
@FunctionalInterface
public interface PublishProgress {
    /** For those who do not watch. */
    PublishProgress NONE = (events, bytes) -> {};

    /** Totals since the start: events sent, and bytes of their chunks before compression. */
    void sent(long events, long bytes);
}
