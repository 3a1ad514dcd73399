package io.trapline.producer.publish;

import io.trapline.schemas.event.StreamKey;

/** Where cut chunks go. */
@FunctionalInterface
interface ChunkTarget {
    /** Takes one encoded chunk of so many events. */
    void chunk(StreamKey stream, byte[] value, int events);
}
