package io.trapline.schemas.wire;

import io.trapline.schemas.event.StreamKey;

/**
 * What a chunk says before its events: stream, ticks of its clock in a second (0: it measures no time), number of the first
 * event, how many there are, and the times of the first and the last one.
 */
public record ChunkHeader(StreamKey stream, long clockHz, long firstSeq, int count, long baseTime, long endTime) {
    /** Number of the event behind the last one. */
    public long nextSeq() {
        return firstSeq + count;
    }
}
