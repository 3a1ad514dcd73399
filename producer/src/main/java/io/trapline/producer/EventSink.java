package io.trapline.producer;

import io.trapline.schemas.event.EventColumns;

/** Where events go: the publisher, the analysis without a broker, a test. The one port of importers and emulator. */
@FunctionalInterface
public interface EventSink {
    /** Takes the next events of one stream, in order and without holes; the columns are reused after the call. */
    void accept(EventColumns events);

    /** The source is live and pauses: what was taken should become visible now. */
    default void pause() {}
}
