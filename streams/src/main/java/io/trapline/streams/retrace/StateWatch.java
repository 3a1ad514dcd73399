package io.trapline.streams.retrace;

import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventText;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.core.StateItem;
import io.trapline.streams.core.StateReading;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.fold.RowSink;
import io.trapline.streams.fold.StreamFold;
import io.trapline.streams.policy.Violation;
import io.trapline.streams.profile.AnalysisInputs;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Folds a stream again, one event at a time, and remembers for each named item of the state since which event it has been as
 * it is. The fold is the one that gave the results; nothing is added to its way of an event.
 */
final class StateWatch {
    private static final StateItem[] ITEMS = StateItem.values();
    private static final int EARLIER = -1;
    /** A name for a fold whose results nobody keeps. */
    /** Its rows go nowhere. */
    static final String ANALYSIS = "retrace";

    static final Witness NOBODY = event -> {};

    /** Looks at the state between two events. */
    interface Witness {
        /** The event at hand has been folded; {@link #before}, {@link #now} and the state tell what it did. */
        void after(EventView event);
    }

    private final StreamFold fold;
    private final RowSink rows;
    private StateReading before = new StateReading();
    private StateReading now = new StateReading();
    private final EventView view = new EventView();
    /** Row of the chunk at hand that changed the item last. */
    private final int[] changedIn = new int[ITEMS.length];

    private final Map<StateItem, EvidenceLine> since = new EnumMap<>(StateItem.class);
    private EvidenceLine last;

    /** {@code rows} takes what the fold says. */
    StateWatch(StreamKey stream, AnalysisInputs inputs, RowSink rows) {
        fold = new StreamFold(inputs, stream);
        this.rows = rows;
        now.read(fold.state());
        Arrays.fill(changedIn, EARLIER);
    }

    /** Folds events of the chunk up to the number {@code end} (exclusive); the columns are the caller's afterwards. */
    void accept(EventColumns chunk, long end, Witness witness) {
        long behind = Math.min(end, chunk.firstSeq() + chunk.count());
        int row = EARLIER;
        for (long seq = Math.max(fold.nextSeq(), chunk.firstSeq()); seq < behind; seq++) {
            row = (int) (seq - chunk.firstSeq());
            step(chunk, row);
            witness.after(view);
        }
        if (row != EARLIER) {
            remember(chunk, row);
        }
    }

    private void step(EventColumns chunk, int row) {
        view.on(chunk, row);
        fold.fold(chunk, view.seq() + 1, rows);
        StateReading oldest = before;
        before = now;
        now = oldest;
        now.read(fold.state());
        boolean turnBegins = view.kind() == EventKind.VM_EXIT;
        for (StateItem item : ITEMS) {
            if (turnBegins && item.group() == StateItem.Group.TURN || !now.agrees(item, before)) {
                changedIn[item.ordinal()] = row;
            }
        }
    }

    /** The chunk is about to go: takes over the lines of the events that are still the last ones to change an item. */
    private void remember(EventColumns chunk, int lastRow) {
        for (StateItem item : ITEMS) {
            int row = changedIn[item.ordinal()];
            if (row != EARLIER) {
                since.put(item, line(view.on(chunk, row)));
                changedIn[item.ordinal()] = EARLIER;
            }
        }
        last = line(view.on(chunk, lastRow));
    }

    static EvidenceLine line(EventView event) {
        return new EvidenceLine(event.seq(), event.time(), event.source(), EventText.of(event));
    }

    /** Ends the stream here: what the turn that is open amounts to goes to the rows. */
    void end() {
        fold.endNow(rows);
    }

    StateReading before() {
        return before;
    }

    StateReading now() {
        return now;
    }

    VcpuState state() {
        return fold.state();
    }

    /** What the finding with this id was made of, null where there is none. */
    Violation violationOf(String finding) {
        return fold.violationOf(finding);
    }

    /** The event that made the item what it is, null if it has been so from the beginning; holds between two chunks. */
    EvidenceLine since(StateItem item) {
        return since.get(item);
    }

    /** The last event that was folded, null if there was none; holds between two chunks. */
    EvidenceLine last() {
        return last;
    }
}
