package io.trapline.streams.cost;

import io.trapline.schemas.avro.HotSpot;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The most frequent places of one vCPU's exits, each for one level and reason, in bounded memory (Space-Saving): a place
 * that is not there takes that of the rarest one, with its count as the error. Whatever has more exits than all of them
 * divided by {@link #SPOTS} is there.
 */
public final class HotSpots {
    public static final int SPOTS = 32;

    /** Kinds of places, as rows spell them. */
    public static final String RIPS = "rip";

    public static final String PAGES = "page";

    /** A power of two, and large enough that chains are short. */
    private static final int INDEX = 4 * SPOTS;

    private static final int LEVEL_BITS = 2;
    private static final int ISA_BITS = 2;
    private static final long LEVEL = (1 << LEVEL_BITS) - 1;
    private static final long ISA = (1 << ISA_BITS) - 1;

    private static final Level[] LEVELS = Level.values();

    private static final Comparator<HotSpot> ROW_ORDER = Comparator.comparingLong(HotSpot::getExits)
            .reversed()
            .thenComparingLong(HotSpot::getError)
            .thenComparing(HotSpot::getLevel)
            .thenComparingInt(HotSpot::getIsa)
            .thenComparingLong(HotSpot::getReason)
            .thenComparingLong(HotSpot::getAddress);

    private final long[] addresses = new long[SPOTS];
    /** Reason, isa and level in one number. */
    private final long[] causes = new long[SPOTS];

    private final long[] exits = new long[SPOTS];
    private final long[] errors = new long[SPOTS];
    private final long[] times = new long[SPOTS];
    private int size;
    /** By hash, the place in the lists plus 1, or 0: open addressing, the next free slot is taken. */
    private final int[] index = new int[INDEX];

    /** The lowest count of all places; those before {@link #rarest} have more. */
    private long fewest;

    private int rarest = SPOTS;

    /** Where the last exit was counted: the next one often comes from the same place. */
    private int last;

    void add(Level level, int isa, long reason, long address, long time) {
        long cause = (reason << ISA_BITS | isa) << LEVEL_BITS | level.ordinal();
        if (addresses[last] != address || causes[last] != cause || size == 0) {
            last = find(address, cause);
        }
        exits[last]++;
        times[last] += time;
    }

    private int find(long address, long cause) {
        int slot = slotOf(address, cause);
        while (index[slot] != 0) {
            int at = index[slot] - 1;
            if (addresses[at] == address && causes[at] == cause) {
                return at;
            }
            slot = slot + 1 & INDEX - 1;
        }
        return size < SPOTS ? put(size++, address, cause) : replaceRarest(address, cause);
    }

    private int replaceRarest(long address, long cause) {
        int at = rarest();
        remove(at);
        errors[at] = exits[at];
        times[at] = 0;
        return put(at, address, cause);
    }

    /** The first of those with the fewest exits. Counts only grow: the search goes on where it ended last time. */
    private int rarest() {
        while (rarest < SPOTS && exits[rarest] != fewest) {
            rarest++;
        }
        if (rarest == SPOTS) {
            fewest = exits[0];
            for (long count : exits) {
                fewest = Math.min(fewest, count);
            }
            rarest = 0;
            return rarest();
        }
        return rarest;
    }

    private static int slotOf(long address, long cause) {
        long mixed = (address * 31 + cause) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & INDEX - 1;
    }

    private int put(int at, long address, long cause) {
        addresses[at] = address;
        causes[at] = cause;
        int slot = slotOf(address, cause);
        while (index[slot] != 0) {
            slot = slot + 1 & INDEX - 1;
        }
        index[slot] = at + 1;
        return at;
    }

    /** Takes a place out of the index and closes the hole that it leaves in its chain. */
    private void remove(int at) {
        int hole = slotOf(addresses[at], causes[at]);
        while (index[hole] != at + 1) {
            hole = hole + 1 & INDEX - 1;
        }
        index[hole] = 0;
        for (int slot = hole + 1 & INDEX - 1; index[slot] != 0; slot = slot + 1 & INDEX - 1) {
            int other = index[slot] - 1;
            int home = slotOf(addresses[other], causes[other]);
            boolean reachable = (slot - home & INDEX - 1) < (slot - hole & INDEX - 1);
            if (!reachable) {
                index[hole] = index[slot];
                index[slot] = 0;
                hole = slot;
            }
        }
    }

    /** The places as rows, the most frequent first. */
    public List<HotSpot> rows() {
        List<HotSpot> rows = new ArrayList<>(size);
        for (int at = 0; at < size; at++) {
            long cause = causes[at];
            rows.add(new HotSpot(
                    LEVELS[(int) (cause & LEVEL)].title(),
                    (int) (cause >> LEVEL_BITS & ISA),
                    cause >> LEVEL_BITS + ISA_BITS,
                    addresses[at],
                    exits[at],
                    errors[at],
                    times[at]));
        }
        rows.sort(ROW_ORDER);
        return rows;
    }

    /** All items in the order of the snapshot; an address as the step from the one before, which is fewer bytes. */
    void each(Items items) {
        int stored = items.next(size);
        long address = 0;
        for (int at = 0; at < stored; at++) {
            address += items.next(addresses[at] - address);
            long cause = items.next(causes[at]);
            exits[at] = items.next(exits[at]);
            errors[at] = items.next(errors[at]);
            times[at] = items.next(times[at]);
            if (at == size) {
                size++;
                put(at, address, cause);
            }
        }
    }
}
