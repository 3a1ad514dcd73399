package io.trapline.producer.publish;

import io.trapline.producer.RecordingSummary;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.Partitions;
import java.nio.charset.StandardCharsets;

/**
 * One stream on its way into the log: its place, the number expected next, and the offsets that the cluster gave. Offsets
 * come in from the producer's own thread.
 */
final class PublishedStream {
    private final StreamKey key;
    private final byte[] keyBytes;
    private final int partition;
    private long nextSeq;
    private long firstOffset = RecordingSummary.NOT_STORED;
    private long lastOffset = RecordingSummary.NOT_STORED;

    PublishedStream(StreamKey key, int partitions) {
        this.key = key;
        String encoded = key.encode();
        keyBytes = encoded.getBytes(StandardCharsets.UTF_8);
        partition = Partitions.of(encoded, partitions);
    }

    byte[] keyBytes() {
        return keyBytes;
    }

    int partition() {
        return partition;
    }

    /** Events numbered from here come next; a hole or an overlap is a bug of the source. */
    void expect(long firstSeq, int events) {
        if (firstSeq != nextSeq) {
            throw new IllegalStateException(
                    "stream " + key.encode() + " goes on with event " + firstSeq + ", expected was " + nextSeq);
        }
        nextSeq += events;
    }

    /** The cluster stored a chunk here; chunks of one partition are acknowledged in order. */
    synchronized void stored(long offset) {
        if (firstOffset == RecordingSummary.NOT_STORED) {
            firstOffset = offset;
        }
        lastOffset = offset;
    }

    /** The source's description of this stream with its place filled in. */
    synchronized RunStream placed(RunStream described) {
        if (described.getLastSeq() != nextSeq - 1) {
            throw new IllegalStateException("stream " + key.encode() + " is described to end with event "
                    + described.getLastSeq() + ", published was up to " + (nextSeq - 1));
        }
        return RunStream.newBuilder(described)
                .setPartition(partition)
                .setFirstOffset(firstOffset)
                .setLastOffset(lastOffset)
                .build();
    }
}
