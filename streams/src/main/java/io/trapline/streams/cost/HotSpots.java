package io.trapline.streams.cost;

import io.trapline.schemas.avro.HotSpot;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The most frequent places of one vCPU's exits, each for one level and reason, in bounded memory: {@link #PLACES_MAX} are
 * counted. Where there are more, the rarest are forgotten together, and what comes new begins with the count of the most
 * frequent one that was ever forgotten, as its error (Space-Saving, in batches).
 */
public final class HotSpots {
    /** Places that are counted. */
    static final int PLACES_MAX = 96;

    /** Most places have been forgotten before they had more exits than so many. */
    private static final int FEW = 8;

    /** A power of two. */
    private static final int SLOTS_MIN = 16;

    /** Kinds of places, as rows spell them. */
    public static final String RIPS = "rip";

    public static final String PAGES = "page";

    private static final int LEVEL_BITS = 2;
    private static final int ISA_BITS = 2;
    private static final long LEVEL = (1 << LEVEL_BITS) - 1;
    private static final long ISA = (1 << ISA_BITS) - 1;

    private static final Level[] LEVELS = Level.values();

    private static final Comparator<Place> STORED_ORDER =
            Comparator.comparingLong(Place::cause).thenComparingLong(Place::address);

    private static final Comparator<HotSpot> ROW_ORDER = Comparator.comparingLong(HotSpot::getExits)
            .reversed()
            .thenComparingLong(HotSpot::getError)
            .thenComparing(HotSpot::getLevel)
            .thenComparingInt(HotSpot::getIsa)
            .thenComparingLong(HotSpot::getReason)
            .thenComparingLong(HotSpot::getAddress);

    /** Open addressing: at most half of the slots, a power of two, are in use, those that have exits. */
    private Slots slots = new Slots(SLOTS_MIN);

    private int size;

    /** What a place may have had before it was counted: all that is not there has no more. */
    private long floor;

    /** {@code cause} is reason, isa and level in one number; of the exits, {@code error} may have been others'. */
    private record Place(long cause, long address, long exits, long error, long time) {
        HotSpot toRow() {
            return new HotSpot(
                    LEVELS[(int) (cause & LEVEL)].title(),
                    (int) (cause >> LEVEL_BITS & ISA),
                    cause >> LEVEL_BITS + ISA_BITS,
                    address,
                    exits,
                    error,
                    time);
        }
    }

    private static final class Slots {
        final long[] addresses;
        final long[] causes;

        final long[] exits;
        final long[] errors;
        final long[] times;
        final int mask;

        Slots(int capacity) {
            addresses = new long[capacity];
            causes = new long[capacity];
            exits = new long[capacity];
            errors = new long[capacity];
            times = new long[capacity];
            mask = capacity - 1;
        }

        /** Whether the place is in this slot. */
        boolean hold(int slot, long address, long cause) {
            return addresses[slot] == address && causes[slot] == cause && exits[slot] != 0;
        }

        /** The slot of a place, or the free one where it belongs. */
        int find(long address, long cause) {
            long mixed = (address * 31 + cause) * 0x9E3779B97F4A7C15L;
            int slot = (int) (mixed >>> 32) & mask;
            while (exits[slot] != 0 && !hold(slot, address, cause)) {
                slot = slot + 1 & mask;
            }
            return slot;
        }

        void put(int slot, long address, long cause, long count, long error, long time) {
            addresses[slot] = address;
            causes[slot] = cause;
            exits[slot] = count;
            errors[slot] = error;
            times[slot] = time;
        }

        List<Place> places() {
            List<Place> places = new ArrayList<>();
            for (int slot = 0; slot < exits.length; slot++) {
                if (exits[slot] != 0) {
                    places.add(new Place(causes[slot], addresses[slot], exits[slot], errors[slot], times[slot]));
                }
            }
            return places;
        }
    }

    /**
     * Counts an exit. {@code guess} is where an exit like it was counted before, any number of those that this returned: exits of
     * one kind often come from one place.
     */
    int add(int guess, Level level, int isa, long reason, long address, long time) {
        long cause = (reason << ISA_BITS | isa) << LEVEL_BITS | level.ordinal();
        int slot = guess & slots.mask;
        if (!slots.hold(slot, address, cause)) {
            slot = slots.find(address, cause);
            if (slots.exits[slot] == 0) {
                slot = insert(address, cause);
            }
        }
        slots.exits[slot]++;
        slots.times[slot] += time;
        return slot;
    }

    private int insert(long address, long cause) {
        if (size == PLACES_MAX) {
            floor = forgettable();
            move(slots.exits.length);
        } else if (size * 2 == slots.exits.length) {
            move(size * 4);
        }
        int slot = slots.find(address, cause);
        slots.put(slot, address, cause, floor, floor, 0);
        size++;
        return slot;
    }

    /** How many exits are too few to stay: those that at least half of the places have no more of. */
    private long forgettable() {
        int[] withFew = new int[FEW];
        for (long count : slots.exits) {
            if (count != 0 && count - floor <= FEW) {
                withFew[(int) (count - floor) - 1]++;
            }
        }
        int places = 0;
        for (int few = 0; few < FEW; few++) {
            places += withFew[few];
            if (places >= PLACES_MAX / 2) {
                return floor + few + 1;
            }
        }
        long[] counts = slots.exits.clone();
        Arrays.sort(counts);
        return counts[counts.length - 1 - PLACES_MAX / 2];
    }

    /** Takes all places with more exits than {@link #floor} over to new slots. */
    private void move(int capacity) {
        Slots old = slots;
        slots = new Slots(capacity);
        size = 0;
        for (int from = 0; from < old.exits.length; from++) {
            if (old.exits[from] > floor) {
                int to = slots.find(old.addresses[from], old.causes[from]);
                slots.put(
                        to, old.addresses[from], old.causes[from], old.exits[from], old.errors[from], old.times[from]);
                size++;
            }
        }
    }

    /** The places that are counted as rows, the most frequent first. */
    public List<HotSpot> rows() {
        return slots.places().stream().map(Place::toRow).sorted(ROW_ORDER).toList();
    }

    /** How many exits a place may have that is not among them. */
    public long unlisted() {
        return floor;
    }

    /** All items in the order of the snapshot: numbers that are small, as stored state writes those in few bytes. */
    void each(Items items) {
        List<Place> places = new ArrayList<>(slots.places());
        places.sort(STORED_ORDER);
        int stored = items.next(size);
        floor = items.next(floor);
        Place before = new Place(0, 0, 0, 0, 0);
        for (int at = 0; at < stored; at++) {
            before = next(before, at < size ? places.get(at) : before, items);
            if (at == places.size()) {
                places.add(before);
            }
        }
        if (stored > size) {
            takeBack(places);
        }
    }

    private void takeBack(List<Place> places) {
        int capacity = SLOTS_MIN;
        while (capacity < places.size() * 2) {
            capacity *= 2;
        }
        slots = new Slots(capacity);
        size = places.size();
        for (Place place : places) {
            int slot = slots.find(place.address, place.cause);
            slots.put(slot, place.address, place.cause, place.exits, place.error, place.time);
        }
    }

    private static Place next(Place before, Place place, Items items) {
        long cause = before.cause + items.next(place.cause - before.cause);
        long address = before.address + items.next(place.address - before.address);
        long counted = items.next(place.exits - place.error << 1 | (place.error == 0 ? 0 : 1));
        long error = (counted & 1) == 0 ? 0 : items.next(place.error);
        return new Place(cause, address, (counted >> 1) + error, error, items.next(place.time));
    }
}
