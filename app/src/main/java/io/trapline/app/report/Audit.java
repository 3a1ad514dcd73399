package io.trapline.app.report;

import io.trapline.schemas.event.EventKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The books of a run: what came in must be what was counted. {@code events} is what the run's description lists,
 * {@code folded} what the streams counted; {@code copies} of another stream's events are in neither.
 */
public record Audit(
        long events,
        long folded,
        Map<EventKind, Long> byKind,
        long entries,
        long exits,
        long samples,
        long open,
        long gaps,
        long clamped,
        long lateChunks,
        long copies,
        long unparsed) {

    public Audit {
        // In the order of the wire codes.
        EnumMap<EventKind, Long> kinds = new EnumMap<>(EventKind.class);
        kinds.putAll(byKind);
        byKind = Collections.unmodifiableMap(kinds);
    }

    public boolean balanced() {
        return imbalances().isEmpty();
    }

    /** What does not add up, a sentence each. */
    public List<String> imbalances() {
        List<String> sentences = new ArrayList<>();
        if (events != folded) {
            sentences.add("the run lists " + events + " events, " + folded + " were counted");
        }
        if (exits != samples + open) {
            sentences.add(exits + " exits are not " + samples + " with a following entry and " + open + " without");
        }
        long kinds = byKind.values().stream().mapToLong(Long::longValue).sum();
        if (kinds != folded) {
            sentences.add("kinds of events add up to " + kinds + ", not " + folded);
        }
        if (lateChunks != 0) {
            sentences.add(HumanFigures.counted(lateChunks, "chunk") + " came too late to be counted");
        }
        return sentences;
    }
}
