package io.trapline.streams.cost;

import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.streams.core.EmulatedAccess;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.Turn;

/**
 * All that one stream's exits cost: per reason and detail, per access, per instruction of L2, and at which places of the
 * guest.
 */
public final class StreamCosts {
    /** Kinds of events within a turn that say something of costs: bit n for code n. */
    private static final long HEARD = bits(
            EventKind.USERSPACE_EXIT,
            EventKind.SCHED_SWITCH,
            EventKind.HALT_WAKEUP,
            EventKind.PAGE_FAULT,
            EventKind.MMIO,
            EventKind.PORT_IO,
            EventKind.GUEST_MSR_ACCESS);

    private final ExitCosts exits = new ExitCosts();
    private final AccessCosts accesses = new AccessCosts();
    private final NestedCosts nested = new NestedCosts();
    private final HotSpots rips = new HotSpots();
    private final HotSpots pages = new HotSpots();
    private final ExitClock clock = new ExitClock();
    private final ExitPlace place = new ExitPlace();

    private static long bits(EventKind... kinds) {
        long bits = 0;
        for (EventKind kind : kinds) {
            bits |= 1L << kind.code();
        }
        return bits;
    }

    /**
     * Whether the next event, of this kind and neither an entry nor an exit, says something of costs: most do not, and
     * need no {@link #hear}.
     */
    public boolean hears(EventKind kind) {
        return (HEARD >>> kind.code() & 1) != 0 || clock.isOffCpu();
    }

    /**
     * Takes the next event, neither an entry nor an exit, which counts with {@code time}, before the replay steps over it.
     * {@code counted}: whether the open exit counts.
     */
    public void hear(EventKind kind, EventView event, long time, long clockHz, boolean counted) {
        clock.goesOn(kind, time);
        switch (kind) {
            case USERSPACE_EXIT -> clock.userspace(event, time);
            case SCHED_SWITCH -> clock.offCpu(event, time);
            case HALT_WAKEUP -> clock.woken(event, time, clockHz);
            case PAGE_FAULT -> place.fault(event);
            case MMIO -> accesses.mmio(event, time, counted);
            case PORT_IO -> accesses.port(event, time);
            case GUEST_MSR_ACCESS -> accesses.msr(event, time);
            default -> {
                // The thread is back on its CPU, and no more.
            }
        }
    }

    /** The next event is this exit, which counts with {@code time}; the replay has not stepped over it. */
    public void exited(EventView exit, long time) {
        clock.goesOn(EventKind.VM_EXIT, time);
        clock.begin(time);
        place.begin(exit);
        accesses.exited(time);
    }

    /**
     * The replay has stepped over an entry; {@code level} runs now. {@code ended}: whether the entry has ended the turn's
     * exit, {@code counted}: whether that exit counts.
     */
    public void entered(Turn turn, boolean ended, Level level, long time, boolean counted) {
        clock.goesOn(EventKind.VM_ENTRY, time);
        if (ended && counted) {
            sample(turn, time);
        } else if (ended) {
            skip(turn, time);
        }
        accesses.entered(time, counted);
        nested.entered(level, time);
    }

    private void sample(Turn turn, long entryTime) {
        accesses.exitEnded(turn, entryTime);
        CostCell cell = exits.sample(turn, entryTime, clock.end(turn, entryTime));
        nested.exited(turn, cell.detailCode(), entryTime);
        long time = entryTime - turn.time();
        if (place.rip() != 0) {
            rips.add(turn.level(), turn.isa(), turn.reason(), place.rip(), time);
        }
        long page = place.page(turn);
        boolean device = turn.emulatedAccess().kind() == EmulatedAccess.Kind.MMIO;
        if (page != ExitPlace.NO_PAGE && !device) {
            pages.add(turn.level(), turn.isa(), turn.reason(), page, time);
        }
    }

    /** The exit is none that counts; nor does an instruction that it is a part of. */
    private void skip(Turn turn, long entryTime) {
        clock.end(turn, entryTime);
        nested.lost();
    }

    /** The open exit will not get its entry. */
    public void open(Turn turn) {
        exits.open(turn);
        nested.lost();
    }

    /** The same of one that does not count. */
    public void skipOpen() {
        nested.lost();
    }

    /** An exit of a vCPU that nobody knows. */
    public void openOfNobody(int isa, long reason) {
        exits.openOfNobody(isa, reason);
    }

    /** Records are missing here. */
    public void lose() {
        accesses.lose();
        nested.lost();
    }

    /** Begins the next window. */
    public void clear() {
        exits.clear();
        accesses.clear();
        nested.clear();
    }

    public ExitCosts exits() {
        return exits;
    }

    public AccessCosts accesses() {
        return accesses;
    }

    public NestedCosts nested() {
        return nested;
    }

    /** Where the guest was when it exited. */
    public HotSpots rips() {
        return rips;
    }

    /** Guest-physical pages without a mapping, except devices. */
    public HotSpots pages() {
        return pages;
    }

    /** The open exit, in the order of the snapshot. */
    public void eachOfExit(Items items) {
        clock.each(items);
        place.each(items);
    }

    /** The places, in the order of the snapshot. */
    public void eachPlace(Items items) {
        rips.each(items);
        pages.each(items);
    }
}
