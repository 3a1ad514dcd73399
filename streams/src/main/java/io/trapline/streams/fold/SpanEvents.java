package io.trapline.streams.fold;

import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventText;
import io.trapline.schemas.event.EventView;
import java.util.ArrayList;
import java.util.List;

/**
 * The events that evidence may need: those since the last entry or exit. Nothing is copied while they lie in the chunk at
 * hand; at its end they are carried over, the first and the last ones of a long span.
 */
final class SpanEvents {
    /** Events kept of a span: so many from its beginning, so many from its end. */
    static final int FIRST_MAX = 16;

    static final int LAST_MAX = 8;
    private static final int MAX = FIRST_MAX + LAST_MAX;

    private EventColumns kept = new EventColumns();
    private EventColumns spare = new EventColumns();
    private long[] seqs = new long[MAX];
    private long[] spareSeqs = new long[MAX];
    /** Row of the chunk at hand where the span begins, or goes on. */
    private int from;

    /** The span begins with this row of the chunk at hand. */
    void begin(int row) {
        forget();
        from = row;
    }

    /** A new chunk is at hand: the span goes on with this row. */
    void chunkBegins(int row) {
        from = row;
    }

    void forget() {
        // Most spans lie in one chunk and have kept nothing.
        if (kept.count() > 0) {
            kept.reset(kept.stream(), 0, 0);
        }
    }

    /** The chunk is about to go: takes over what belongs to the span, rows up to {@code end} (exclusive). */
    void carry(EventColumns chunk, int end) {
        append(chunk, from, end);
        from = end;
    }

    private void append(EventColumns chunk, int first, int end) {
        int more = 0;
        for (int row = first; row < end; row++) {
            more += canBeKept(chunk, row) ? 1 : 0;
        }
        if (more == 0) {
            return;
        }
        int total = kept.count() + more;
        spare.reset(chunk.stream(), chunk.clockHz(), 0);
        for (int row = 0; row < kept.count(); row++) {
            take(kept, row, row, total, seqs[row]);
        }
        int place = kept.count();
        for (int row = first; row < end; row++) {
            if (canBeKept(chunk, row)) {
                take(chunk, row, place++, total, chunk.firstSeq() + row);
            }
        }
        swap();
    }

    /** A kind we do not know can be neither printed nor written again. */
    private static boolean canBeKept(EventColumns chunk, int row) {
        return chunk.kind(row) != EventKind.UNKNOWN;
    }

    private void take(EventColumns columns, int row, int place, int total, long seq) {
        if (place < FIRST_MAX || place >= total - LAST_MAX) {
            spareSeqs[spare.count()] = seq;
            spare.appendFrom(columns, row);
        }
    }

    private void swap() {
        EventColumns columns = kept;
        kept = spare;
        spare = columns;
        long[] numbers = seqs;
        seqs = spareSeqs;
        spareSeqs = numbers;
    }

    /** The events of the span as lines, with those of the chunk at hand up to {@code end} (exclusive). */
    List<EvidenceLine> lines(EventColumns chunk, int end) {
        SpanEvents all = new SpanEvents();
        all.add(kept, seqs, 0, kept.count());
        all.append(chunk, from, end);
        return all.lines();
    }

    /** The events of the span as lines, where no chunk is at hand. */
    List<EvidenceLine> lines() {
        List<EvidenceLine> lines = new ArrayList<>();
        EventView view = new EventView();
        for (int row = 0; row < kept.count(); row++) {
            lines.add(line(view.on(kept, row), seqs[row]));
        }
        return lines;
    }

    static EvidenceLine line(EventView event, long seq) {
        return new EvidenceLine(seq, event.time(), event.source(), EventText.of(event));
    }

    /** Puts back events of stored state: rows {@code first} (inclusive) to {@code end} (exclusive). */
    void add(EventColumns columns, long[] numbers, int first, int end) {
        for (int row = first; row < end; row++) {
            seqs[kept.count()] = numbers[row];
            kept.appendFrom(columns, row);
        }
    }

    /** Adds what is kept to stored state. */
    void saveTo(EventColumns columns, List<Long> numbers) {
        for (int row = 0; row < kept.count(); row++) {
            columns.appendFrom(kept, row);
            numbers.add(seqs[row]);
        }
    }
}
