package io.trapline.streams.retrace;

import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.core.StateItem;
import io.trapline.streams.core.StateReading;
import io.trapline.streams.policy.Violation;
import io.trapline.streams.profile.AnalysisInputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Folds the stream of a finding again and tells what each event of its evidence did. */
public final class FindingStory {
    private static final long NOT_YET = -1;

    /**
     * Which finding.
     *
     * @param seq number of the event that it is about: its first occurrence
     * @param evidence numbers of the events that show it
     */
    public record Wanted(StreamKey stream, String id, long seq, Rule rule, Set<Long> evidence) {
        public Wanted {
            evidence = Set.copyOf(evidence);
        }
    }

    private final Wanted wanted;
    private final StateWatch watch;
    private final List<Story.Known> known = new ArrayList<>();
    private final List<Story.Step> steps = new ArrayList<>();
    private Violation violation;
    private boolean knownTaken;
    /** Number of the event at which the policy spoke. */
    private long judgedAt = NOT_YET;

    /** {@code inputs} are those of the analysis that found it. */
    public FindingStory(Wanted wanted, AnalysisInputs inputs) {
        this.wanted = wanted;
        watch = new StateWatch(wanted.stream(), inputs, new NoRows() {
            @Override
            public void finding(FindingRow row) {
                judged(row);
            }
        });
    }

    /** Takes the next chunk of the stream; the columns are the caller's afterwards. */
    public void accept(EventColumns chunk) {
        if (isTold()) {
            return;
        }
        if (!knownTaken) {
            watch.accept(chunk, wanted.seq(), this::witness);
            if (chunk.firstSeq() + chunk.count() <= wanted.seq()) {
                return;
            }
            takeKnown();
        }
        watch.accept(chunk, chunk.firstSeq() + chunk.count(), this::witness);
    }

    private boolean isTold() {
        return violation != null && steps.size() == wanted.evidence().size();
    }

    private void takeKnown() {
        knownTaken = true;
        for (StateItem item : StateItem.values()) {
            if (item.group() == StateItem.Group.VCPU) {
                known.add(new Story.Known(item, watch.now().text(item), watch.since(item)));
            }
        }
    }

    private void judged(FindingRow row) {
        if (violation == null && row.getId().equals(wanted.id()) && row.getSeq() == wanted.seq()) {
            violation = watch.violationOf(row.getId());
        }
    }

    private void witness(EventView event) {
        if (violation != null && judgedAt == NOT_YET) {
            judgedAt = event.seq();
        }
        if (wanted.evidence().contains(event.seq())) {
            steps.add(new Story.Step(
                    StateWatch.line(event),
                    Narrator.deeds(
                            event, watch.before(), watch.now(), watch.state().turn()),
                    changes()));
        }
    }

    private List<Story.Change> changes() {
        StateReading before = watch.before();
        StateReading now = watch.now();
        return Arrays.stream(StateItem.values())
                .filter(item -> item.group() == StateItem.Group.VCPU && !now.agrees(item, before))
                .map(item -> new Story.Change(item, before.text(item), now.text(item)))
                .toList();
    }

    /**
     * The story, when all chunks have come.
     *
     * @throws IllegalStateException the events are not those that the finding was made of
     */
    public Story finish() {
        if (violation == null) {
            // A turn that is open at the end is judged there.
            watch.end();
        }
        if (violation == null || steps.size() != wanted.evidence().size()) {
            throw new IllegalStateException("folded again, stream "
                    + wanted.stream().encode() + " does not give finding " + wanted.id() + " at event " + wanted.seq());
        }
        return new Story(known, steps, violation.recordMissing() ? missing() : Story.NOTHING_MISSING);
    }

    /** In the window: before the record that ends it. Else: before the event at which it could not come any more. */
    private int missing() {
        for (int place = 0; place < steps.size(); place++) {
            Story.Step step = steps.get(place);
            boolean behindExit = step.event().getSeq() > wanted.seq();
            boolean windowOver = wanted.rule().inWindow() && step.deeds().contains(Deed.WINDOW_OVER);
            if (behindExit && windowOver || step.event().getSeq() == judgedAt) {
                return place;
            }
        }
        return steps.size();
    }
}
