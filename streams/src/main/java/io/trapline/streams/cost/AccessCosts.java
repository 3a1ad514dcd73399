package io.trapline.streams.cost;

import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.Mmio;
import io.trapline.schemas.event.EventFields.PortIo;
import io.trapline.schemas.event.EventView;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Turn;
import java.util.List;

/**
 * Accesses of one vCPU to device memory, ports and MSRs in the open window, timed as {@code perf kvm stat} times them: a port
 * and an MSR from their record to the entry, a write of device memory the same, a read of it from the exit to its record. As there,
 * an access that another one follows before its end is not counted, and nothing is before the first entry.
 */
public final class AccessCosts {
    private static final int MMIO_READ = 1;
    private static final int MMIO_WRITE = 2;

    private final AccessTimer mmio = new AccessTimer(AccessView.MMIO);
    private final AccessTimer port = new AccessTimer(AccessView.IOPORT);
    private final AccessTimer msr = new AccessTimer(AccessView.MSR);
    private final AccessTimer firstExit = new AccessTimer(AccessView.FIRST_EXIT);
    /** In the order of {@link AccessView}. */
    private final List<AccessTimer> timers = List.of(mmio, port, msr, firstExit);

    /** Something with a key is under way: at most entries there is nothing. */
    private boolean named;

    private boolean entered;

    /** The vCPU leaves the guest: a read of device memory may begin. */
    void exited(long time) {
        if (entered) {
            mmio.begin(AccessTimer.NONE, time);
        }
    }

    /** The vCPU enters the guest; {@code counted}: whether what ends here does. */
    void entered(long time, boolean counted) {
        entered = true;
        if (named) {
            mmio.end(AccessTimer.NONE, time, counted);
            port.end(AccessTimer.NONE, time, counted);
            msr.end(AccessTimer.NONE, time, counted);
            named = false;
        }
    }

    void mmio(EventView event, long time, boolean counted) {
        long type = event.get(Mmio.TYPE);
        if (type == MMIO_WRITE) {
            begin(mmio, AccessView.key(event.get(Mmio.GPA), true), time);
        } else if (type == MMIO_READ) {
            mmio.end(AccessView.key(event.get(Mmio.GPA), false), time, counted);
        }
    }

    void port(EventView event, long time) {
        begin(port, AccessView.key(event.get(PortIo.PORT), event.is(PortIo.WRITE)), time);
    }

    void msr(EventView event, long time) {
        begin(msr, AccessView.key(event.get(GuestMsrAccess.INDEX), event.is(GuestMsrAccess.WRITE)), time);
    }

    private void begin(AccessTimer timer, long key, long time) {
        if (entered) {
            timer.begin(key, time);
            named = true;
        }
    }

    /** An exit has got its entry, which is at hand. */
    void exitEnded(Turn turn, long entryTime) {
        if (!entered) {
            firstExit.table.add(AccessView.keyOfReason(turn.reason(), turn.isa()), entryTime - turn.time());
        }
    }

    /** Events are missing here: what was under way has no end. */
    void lose() {
        timers.forEach(AccessTimer::forget);
        named = false;
    }

    /** Places with samples in this window, by view and place. */
    public List<AccessCell> window() {
        return timers.stream().flatMap(timer -> timer.table.window()).toList();
    }

    /** All places that are known, by view and place. */
    public List<AccessCell> places() {
        return timers.stream().flatMap(timer -> timer.table.places()).toList();
    }

    /** Begins the next window. */
    void clear() {
        timers.forEach(timer -> timer.table.clear());
    }

    /** Puts back a place of stored state. */
    public void restore(AccessView view, long key, CostStats time) {
        timers.get(view.ordinal()).table.restore(key, time);
    }

    /** What is under way, in the order of the snapshot. */
    public void each(Items items) {
        entered = items.next(entered);
        named = items.next(named);
        timers.forEach(timer -> timer.each(items));
    }
}
