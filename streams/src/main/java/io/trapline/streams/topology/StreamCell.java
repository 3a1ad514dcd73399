package io.trapline.streams.topology;

import io.trapline.schemas.avro.AnnouncedEnd;
import io.trapline.schemas.avro.LogPlace;
import io.trapline.schemas.avro.StreamEndMark;
import io.trapline.schemas.avro.VcpuStateSnapshot;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.fold.RowSink;
import io.trapline.streams.fold.StreamFold;
import io.trapline.streams.profile.AnalysisInputs;

/**
 * A stream's fold and what is known of its place in the log. A stream can be deleted and come again under the same key; the
 * announcements of its end come through another topic, so that they may be early or late by one life.
 */
final class StreamCell {
    private static final long UNKNOWN = -1;

    private final AnalysisInputs inputs;
    private final StreamKey stream;
    private StreamFold fold;
    private long firstOffset = UNKNOWN;
    private long forgottenAt = UNKNOWN;
    private AnnouncedEnd announced;

    /** The cell of a stream of which nothing has come yet. */
    StreamCell(AnalysisInputs inputs, StreamKey stream) {
        this.inputs = inputs;
        this.stream = stream;
        fold = new StreamFold(inputs, stream);
    }

    /** The cell that {@link #snapshot} was taken of. */
    static StreamCell restore(AnalysisInputs inputs, StreamKey stream, VcpuStateSnapshot snapshot) {
        StreamCell cell = new StreamCell(inputs, stream);
        cell.fold = StreamFold.restore(inputs, stream, snapshot);
        cell.firstOffset = snapshot.getFirstOffset() == null ? UNKNOWN : snapshot.getFirstOffset();
        cell.forgottenAt = snapshot.getForgottenAt() == null ? UNKNOWN : snapshot.getForgottenAt();
        cell.announced = snapshot.getAnnounced();
        return cell;
    }

    VcpuStateSnapshot snapshot() {
        VcpuStateSnapshot snapshot = fold.snapshot();
        snapshot.setFirstOffset(firstOffset == UNKNOWN ? null : firstOffset);
        snapshot.setForgottenAt(forgottenAt == UNKNOWN ? null : forgottenAt);
        snapshot.setAnnounced(announced);
        return snapshot;
    }

    StreamFold fold() {
        return fold;
    }

    /** Folds a chunk that lies at this offset. */
    StreamFold.Folded fold(EventColumns chunk, long offset, RowSink rows) {
        if (firstOffset == UNKNOWN) {
            firstOffset = offset;
        }
        return fold.fold(chunk, rows);
    }

    /** Hears where the stream ends; an end from before its deletion is that of another life. */
    void announce(StreamEndMark mark, RowSink rows) {
        if (mark.getLastOffset() == UNKNOWN || mark.getLastOffset() > forgottenAt) {
            announced = new AnnouncedEnd(mark.getLastSeq(), mark.getLastOffset());
            fold.endAt(mark.getLastSeq(), rows);
        }
    }

    /** The record at this offset deletes the stream. An end that lies behind it has been announced for its next life. */
    void forget(long offset, RowSink rows) {
        fold = new StreamFold(inputs, stream);
        firstOffset = UNKNOWN;
        forgottenAt = offset;
        if (announced != null && announced.getLastOffset() > offset) {
            fold.endAt(announced.getLastSeq(), rows);
        } else {
            announced = null;
        }
    }

    /** Where the stream's first chunk lies; null where none has come. */
    LogPlace firstPlace(int partition) {
        return firstOffset == UNKNOWN ? null : new LogPlace(partition, firstOffset);
    }
}
