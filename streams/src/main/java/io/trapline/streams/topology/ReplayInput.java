package io.trapline.streams.topology;

import io.trapline.schemas.avro.StreamEndMark;

/** What the replay is fed with, in the order of one partition: chunks of a stream, and where it ends. */
sealed interface ReplayInput {
    /** A value of the trace topic as it lies there; null deletes the stream. */
    record Chunk(byte[] value) implements ReplayInput {}

    /** The run record said where the stream ends; it may come before or after the last chunk. */
    record End(StreamEndMark mark) implements ReplayInput {}
}
