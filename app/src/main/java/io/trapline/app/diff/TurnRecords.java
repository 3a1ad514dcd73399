package io.trapline.app.diff;

import io.trapline.app.diff.RunWatch.Place;
import io.trapline.app.run.RunEvents;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventText;
import io.trapline.schemas.event.EventView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the records of single exits, each up to its entry, in one more pass over a run. */
final class TurnRecords {
    private static final int LINES_MAX = 12;

    private record Exit(Place place, long seq) {}

    private final Map<Place, List<Exit>> wanted = new TreeMap<>();
    private final Map<Exit, List<EvidenceLine>> found = new HashMap<>();
    private final Map<Place, Exit> open = new TreeMap<>();

    /** Wants an exit by the number of its event; a negative one stands for none. */
    void want(String vm, int vcpu, long seq) {
        if (seq >= 0) {
            Place place = new Place(vm, vcpu);
            wanted.computeIfAbsent(place, each -> new ArrayList<>()).add(new Exit(place, seq));
        }
    }

    void read(RunEvents events) throws UnreadableInput {
        if (!wanted.isEmpty()) {
            events.read(this::accept);
        }
    }

    private void accept(EventColumns chunk) {
        Place place = Place.of(chunk.stream());
        List<Exit> exits = wanted.getOrDefault(place, List.of());
        if (exits.isEmpty()) {
            return;
        }
        EventView view = new EventView();
        for (int row = 0; row < chunk.count(); row++) {
            view.on(chunk, row);
            long seq = view.seq();
            exits.stream().filter(exit -> exit.seq() == seq).forEach(exit -> open.put(place, exit));
            if (open.containsKey(place)) {
                take(place, view);
            }
        }
    }

    private void take(Place place, EventView view) {
        List<EvidenceLine> lines = found.computeIfAbsent(open.get(place), exit -> new ArrayList<>());
        if (view.kind() != EventKind.UNKNOWN) {
            lines.add(new EvidenceLine(view.seq(), view.time(), view.source(), EventText.of(view)));
        }
        if (view.kind() == EventKind.VM_ENTRY || lines.size() == LINES_MAX) {
            open.remove(place);
        }
    }

    List<EvidenceLine> of(String vm, int vcpu, long seq) {
        return found.getOrDefault(new Exit(new Place(vm, vcpu), seq), List.of());
    }
}
