package io.trapline.app.cluster;

import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;

/** One stream of a finished run while it is read from the log: how far it has come, and what it must still bring. */
final class StoredStream {
    private final String key;
    private final RunStream listed;
    private final EventColumns part = new EventColumns();
    private long nextSeq;

    /** {@code key} as on the topic. */
    StoredStream(String key, RunStream listed) {
        this.key = key;
        this.listed = listed;
    }

    String key() {
        return key;
    }

    /** Where its first chunk lies; the beginning of the topic where the run does not say. */
    long firstOffset() {
        return Math.max(0, listed.getFirstOffset());
    }

    /** Where its last chunk lies, negative where the run does not say. */
    long lastOffset() {
        return listed.getLastOffset();
    }

    /** Whether this place in its partition lies between its first chunk and its last. */
    boolean holds(long offset) {
        return offset >= firstOffset() && (lastOffset() < 0 || offset <= lastOffset());
    }

    /** The log says here that what came before does not count. */
    void forgotten(long offset) throws IncompleteRun {
        if (nextSeq > 0) {
            throw new IncompleteRun("Stream " + key + " was deleted from the log at offset " + offset
                    + ", in the middle of the run: import the recording again.");
        }
    }

    /** What of a chunk goes on where the stream stands, up to its last event; null if that is nothing. */
    EventColumns advance(EventColumns chunk) throws IncompleteRun {
        if (chunk.firstSeq() > nextSeq) {
            throw missing(chunk.firstSeq());
        }
        long behind = Math.min(chunk.firstSeq() + chunk.count(), listed.getLastSeq() + 1);
        if (behind <= nextSeq) {
            return null;
        }
        EventColumns fresh = rows(chunk, (int) (nextSeq - chunk.firstSeq()), (int) (behind - chunk.firstSeq()));
        nextSeq = behind;
        return fresh;
    }

    private EventColumns rows(EventColumns chunk, int from, int to) throws IncompleteRun {
        for (int row = from; row < to; row++) {
            if (chunk.kind(row) == EventKind.UNKNOWN) {
                throw new IncompleteRun("Stream " + key + " has events of a kind that this version does not know:"
                        + " export the run with the version that wrote it, or a newer one.");
            }
        }
        if (from == 0 && to == chunk.count()) {
            return chunk;
        }
        part.reset(chunk.stream(), chunk.clockHz(), chunk.firstSeq() + from);
        for (int row = from; row < to; row++) {
            part.appendFrom(chunk, row);
        }
        return part;
    }

    void checkWhole() throws IncompleteRun {
        if (nextSeq <= listed.getLastSeq()) {
            throw missing(listed.getLastSeq() + 1);
        }
    }

    private IncompleteRun missing(long upTo) {
        return new IncompleteRun("Events " + nextSeq + " to " + (upTo - 1) + " of stream " + key
                + " are not in the log: import the recording again under another name, or into another cluster.");
    }
}
