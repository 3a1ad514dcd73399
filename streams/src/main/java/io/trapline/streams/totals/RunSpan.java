package io.trapline.streams.totals;

import io.trapline.schemas.avro.LogPlace;
import io.trapline.schemas.avro.RunStream;
import java.util.List;

/**
 * Where in the log a run lies, as far as its record says: tells it from a run of the same id that was deleted before it.
 * {@code startOffsets} as in the record.
 */
record RunSpan(List<Long> startOffsets) {
    /** Whether the run was opened after this was written. */
    boolean beginsBehind(LogPlace place) {
        return place.getPartition() < startOffsets.size() && place.getOffset() < startOffsets.get(place.getPartition());
    }

    /** Whether a stream whose first chunk lies here is this stream of the run; a loop has no places. */
    boolean holds(RunStream stream, LogPlace first) {
        return first == null
                || !beginsBehind(first) && (stream.getLastOffset() < 0 || first.getOffset() <= stream.getLastOffset());
    }
}
