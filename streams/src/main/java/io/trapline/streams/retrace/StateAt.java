package io.trapline.streams.retrace;

import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.core.StateItem;
import io.trapline.streams.core.StateReading;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.profile.Moment;
import java.util.EnumMap;
import java.util.Map;

/** Folds one stream up to a moment; keeps nothing of it but the state there and the lines that made it. */
public final class StateAt {
    /**
     * The state at the moment.
     *
     * @param last the event before the moment, null if it lies before the first one
     * @param next the event behind it, null if it lies behind the last one
     * @param since the event that made an item what it is; none where it has been so from the beginning
     */
    public record Found(StateReading items, EvidenceLine last, EvidenceLine next, Map<StateItem, EvidenceLine> since) {}

    private final StateWatch watch;
    private final Moment moment;
    private final EventView view = new EventView();
    private EvidenceLine next;

    public StateAt(StreamKey stream, Moment moment) {
        watch = new StateWatch(stream, AnalysisInputs.named(StateWatch.ANALYSIS), NoRows.SINK);
        this.moment = moment;
    }

    /** Takes the next chunk of the stream; the columns are the caller's afterwards. */
    public void accept(EventColumns chunk) {
        if (next != null) {
            return;
        }
        long limit = moment.limit(chunk.clockHz());
        long time = watch.state().time();
        int row = 0;
        while (row < chunk.count()) {
            view.on(chunk, row);
            time = Math.max(time, view.time());
            if (moment.of(view, time) > limit) {
                next = StateWatch.line(view);
                break;
            }
            row++;
        }
        watch.accept(chunk, chunk.firstSeq() + row, StateWatch.NOBODY);
    }

    public Found found() {
        Map<StateItem, EvidenceLine> since = new EnumMap<>(StateItem.class);
        for (StateItem item : StateItem.values()) {
            if (watch.since(item) != null) {
                since.put(item, watch.since(item));
            }
        }
        return new Found(watch.now(), watch.last(), next, since);
    }
}
