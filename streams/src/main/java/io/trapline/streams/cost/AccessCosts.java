package io.trapline.streams.cost;

import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.Mmio;
import io.trapline.schemas.event.EventFields.PortIo;
import io.trapline.schemas.event.EventView;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * Accesses of one vCPU to device memory, ports and MSRs in the open window, timed as {@code perf kvm stat} times them: a port
 * and an MSR from their record to the entry, a write of device memory the same, a read of it from the exit to its record. As there,
 * an access that another one follows before its end is not counted, and nothing is before the first entry.
 */
public final class AccessCosts {
    private static final int VIEWS = AccessView.values().length;
    private static final long NONE = -1;
    private static final int MMIO_READ = 1;
    private static final int MMIO_WRITE = 2;

    private final AccessTable[] tables = new AccessTable[VIEWS];
    /** When what is being timed began, per view; {@link #NONE} where nothing is. */
    private final long[] begins = new long[VIEWS];
    /** What it is; {@link #NONE} as long as nobody has said. */
    private final long[] keys = new long[VIEWS];

    private boolean entered;
    private boolean counting;

    /** Statistics of one place, which are not to be changed. */
    public record Place(AccessView view, long key, CostStats time) {
        public String access() {
            return view.text(key);
        }
    }

    public AccessCosts() {
        for (int view = 0; view < VIEWS; view++) {
            tables[view] = new AccessTable();
            begins[view] = NONE;
            keys[view] = NONE;
        }
    }

    /** Hears of an event; {@code time} is the one it counts with, {@code counts}: whether what ends here does. */
    public void event(EventView event, long time, boolean counts) {
        counting = counts;
        switch (event.kind()) {
            case VM_ENTRY -> {
                end(AccessView.MMIO, NONE, time);
                end(AccessView.IOPORT, NONE, time);
                end(AccessView.MSR, NONE, time);
                entered = true;
            }
            case VM_EXIT -> begin(AccessView.MMIO, NONE, time);
            case MMIO -> mmio(event, time);
            case PORT_IO ->
                begin(AccessView.IOPORT, AccessView.key(event.get(PortIo.PORT), event.is(PortIo.WRITE)), time);
            case GUEST_MSR_ACCESS -> {
                boolean write = event.is(GuestMsrAccess.WRITE);
                begin(AccessView.MSR, AccessView.key(event.get(GuestMsrAccess.INDEX), write), time);
            }
            case GAP -> lose();
            default -> {}
        }
    }

    private void mmio(EventView event, long time) {
        long type = event.get(Mmio.TYPE);
        if (type == MMIO_WRITE) {
            begin(AccessView.MMIO, AccessView.key(event.get(Mmio.GPA), true), time);
        } else if (type == MMIO_READ) {
            end(AccessView.MMIO, AccessView.key(event.get(Mmio.GPA), false), time);
        }
    }

    private void begin(AccessView view, long key, long time) {
        if (entered) {
            begins[view.ordinal()] = time;
            keys[view.ordinal()] = key;
        }
    }

    /** What has begun ends; {@code key} names it where its beginning did not. */
    private void end(AccessView view, long key, long time) {
        int at = view.ordinal();
        long named = keys[at] == NONE ? key : keys[at];
        if (begins[at] != NONE && named != NONE) {
            if (counting) {
                tables[at].of(named).add(time - begins[at]);
            }
            begins[at] = NONE;
            keys[at] = NONE;
        }
    }

    /** An exit has got its entry, which is at hand. */
    public void exitEnded(Turn turn, long entryTime) {
        if (!entered) {
            tables[AccessView.FIRST_EXIT.ordinal()]
                    .of(AccessView.keyOfReason(turn.reason(), turn.isa()))
                    .add(entryTime - turn.time());
        }
    }

    /** Events are missing here: what was under way has no end. */
    public void lose() {
        for (int view = 0; view < VIEWS; view++) {
            begins[view] = NONE;
            keys[view] = NONE;
        }
    }

    /** Places with samples in this window, by view and place. */
    public List<Place> window() {
        return places().stream().filter(place -> place.time.samples() > 0).toList();
    }

    /** All places that are known, by view and place. */
    public List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (AccessView view : AccessView.values()) {
            AccessTable table = tables[view.ordinal()];
            for (long key : table.keys()) {
                places.add(new Place(view, key, table.of(key)));
            }
        }
        return places;
    }

    /** Begins the next window. */
    public void clear() {
        for (AccessTable table : tables) {
            table.clear();
        }
    }

    /** Puts back a place of stored state. */
    public void restore(AccessView view, long key, CostStats time) {
        tables[view.ordinal()].of(key).merge(time);
    }

    /** What is under way, in the order of the snapshot. */
    public void each(Items items) {
        entered = items.next(entered);
        for (int view = 0; view < VIEWS; view++) {
            begins[view] = items.next(begins[view]);
            keys[view] = items.next(keys[view]);
        }
    }
}
