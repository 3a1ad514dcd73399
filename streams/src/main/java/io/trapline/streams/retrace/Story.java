package io.trapline.streams.retrace;

import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.streams.core.StateItem;
import java.util.List;

/**
 * How a finding came about, told by the replay.
 *
 * @param known what was known before the event that the finding is about
 * @param steps the events of its evidence
 * @param missing place in {@code steps} before which the missing record should have stood; {@code steps.size()}: behind all
 *     of them; {@link #NOTHING_MISSING} where what is wrong is there
 */
public record Story(List<Known> known, List<Step> steps, int missing) {
    public static final int NOTHING_MISSING = -1;

    /** An item and the event that made it what it was, null if it had been so from the beginning. */
    public record Known(StateItem item, String value, EvidenceLine since) {}

    /** An event, what it did, and how the state of the vCPU changed. */
    public record Step(EvidenceLine event, List<Deed> deeds, List<Change> changes) {
        public Step {
            deeds = List.copyOf(deeds);
            changes = List.copyOf(changes);
        }
    }

    /** An item before and after an event. */
    public record Change(StateItem item, String before, String after) {}

    public Story {
        known = List.copyOf(known);
        steps = List.copyOf(steps);
    }
}
