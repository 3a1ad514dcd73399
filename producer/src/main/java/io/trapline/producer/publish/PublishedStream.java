package io.trapline.producer.publish;

import io.trapline.producer.RecordingSummary;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.Partitions;
import java.nio.charset.StandardCharsets;

/**
 * One stream on its way into the log: its place, the number expected next, what an earlier writer has put there already, and
 * the offsets that the cluster gave. Offsets come in from the producer's own thread.
 */
final class PublishedStream {
    private final StreamKey key;
    private final byte[] keyBytes;
    private final int partition;
    /** Events below this number are in the log; the last of them has this time. */
    private final long storedSeq;

    private final long storedTime;
    private long nextSeq;
    private long firstOffset = RecordingSummary.NOT_STORED;
    private long lastOffset = RecordingSummary.NOT_STORED;

    /** A stream of which the log has nothing. */
    PublishedStream(StreamKey key, int partitions) {
        this(key, partitions, 0, 0);
    }

    /** A stream that goes on where another writer stopped. Its source delivers everything again. */
    PublishedStream(StreamKey key, int partitions, StoredStream stored) {
        this(key, partitions, stored.nextSeq(), stored.lastTime());
        if (stored.torn()) {
            throw otherReading("events are missing in it");
        }
        firstOffset = stored.firstOffset();
        lastOffset = stored.lastOffset();
    }

    private PublishedStream(StreamKey key, int partitions, long storedSeq, long storedTime) {
        this.key = key;
        this.storedSeq = storedSeq;
        this.storedTime = storedTime;
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

    /** How many of these events are in the log already: the first ones, none or all. */
    int storedOf(EventColumns events) {
        long boundary = storedSeq - 1 - events.firstSeq();
        if (boundary < 0) {
            return 0;
        }
        if (boundary >= events.count()) {
            return events.count();
        }
        if (events.time((int) boundary) != storedTime) {
            throw otherReading("event " + (storedSeq - 1) + " has another time there");
        }
        return (int) boundary + 1;
    }

    /** What the log has and the source gives again must be the same; if not, going on would mix two readings. */
    private PublishException otherReading(String difference) {
        return new PublishException("what the log has of stream " + key.encode() + " is another reading of the source: "
                + difference + ". Another version of Trapline may have begun the run, or the source has changed;"
                + " `trapline runs delete " + key.run() + "`, then begin again");
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

    /** Refuses an end before the source has delivered again what the log has. */
    void requireAllDelivered() {
        if (nextSeq < storedSeq) {
            throw otherReading("it has " + storedSeq + " events there, and " + nextSeq + " now");
        }
    }
}
