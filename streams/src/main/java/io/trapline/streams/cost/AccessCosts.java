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

    /** Something with a key is under way: at most entries there is nothing. */
    private boolean named;

    private boolean entered;

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

    /** The vCPU leaves the guest: a read of device memory may begin. */
    void exited(long time) {
        begin(AccessView.MMIO, NONE, time);
    }

    /** The vCPU enters the guest; {@code counted}: whether what ends here does. */
    void entered(long time, boolean counted) {
        entered = true;
        if (named) {
            end(AccessView.MMIO, NONE, time, counted);
            end(AccessView.IOPORT, NONE, time, counted);
            end(AccessView.MSR, NONE, time, counted);
            named = false;
        }
    }

    void mmio(EventView event, long time, boolean counted) {
        long type = event.get(Mmio.TYPE);
        if (type == MMIO_WRITE) {
            begin(AccessView.MMIO, AccessView.key(event.get(Mmio.GPA), true), time);
        } else if (type == MMIO_READ) {
            end(AccessView.MMIO, AccessView.key(event.get(Mmio.GPA), false), time, counted);
        }
    }

    void port(EventView event, long time) {
        begin(AccessView.IOPORT, AccessView.key(event.get(PortIo.PORT), event.is(PortIo.WRITE)), time);
    }

    void msr(EventView event, long time) {
        boolean write = event.is(GuestMsrAccess.WRITE);
        begin(AccessView.MSR, AccessView.key(event.get(GuestMsrAccess.INDEX), write), time);
    }

    private void begin(AccessView view, long key, long time) {
        if (entered) {
            begins[view.ordinal()] = time;
            keys[view.ordinal()] = key;
            named |= key != NONE;
        }
    }

    /** What has begun ends; {@code key} names it where its beginning did not. */
    private void end(AccessView view, long key, long time, boolean counted) {
        int at = view.ordinal();
        long named = keys[at] == NONE ? key : keys[at];
        if (begins[at] != NONE && named != NONE) {
            if (counted) {
                tables[at].of(named).add(time - begins[at]);
            }
            begins[at] = NONE;
            keys[at] = NONE;
        }
    }

    /** An exit has got its entry, which is at hand. */
    void exitEnded(Turn turn, long entryTime) {
        if (!entered) {
            tables[AccessView.FIRST_EXIT.ordinal()]
                    .of(AccessView.keyOfReason(turn.reason(), turn.isa()))
                    .add(entryTime - turn.time());
        }
    }

    /** Events are missing here: what was under way has no end. */
    void lose() {
        for (int view = 0; view < VIEWS; view++) {
            begins[view] = NONE;
            keys[view] = NONE;
        }
        named = false;
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
    void clear() {
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
        named = items.next(named);
        for (int view = 0; view < VIEWS; view++) {
            begins[view] = items.next(begins[view]);
            keys[view] = items.next(keys[view]);
        }
    }
}
