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

    private Slots slots = new Slots(SLOTS_MIN);

    /** As many: what stays when others are forgotten goes there. */
    private Slots spare = new Slots(SLOTS_MIN);

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

    /** Open addressing: at most half of the slots, a power of two, are in use, those that have exits. */
    private static final class Slots {
        /** A slot's numbers lie side by side, and are mostly used together. */
        private static final int WIDTH = 4;

        private static final int CAUSE = 1;
        private static final int EXITS = 2;
        private static final int TIME = 3;

        final int count;
        private final long[] numbers;
        private final long[] errors;

        Slots(int count) {
            this.count = count;
            numbers = new long[count * WIDTH];
            errors = new long[count];
        }

        /** Where the numbers of a place are, or of the free slot where it belongs. */
        int find(long address, long cause) {
            long mixed = (address * 31 + cause) * 0x9E3779B97F4A7C15L;
            int at = (int) (mixed >>> 32) & count - 1;
            while (!isFree(at) && !(numbers[at * WIDTH] == address && numbers[at * WIDTH + CAUSE] == cause)) {
                at = at + 1 & count - 1;
            }
            return at;
        }

        long exits(int at) {
            return numbers[at * WIDTH + EXITS];
        }

        boolean isFree(int at) {
            return exits(at) == 0;
        }

        void countExit(int at, long time) {
            numbers[at * WIDTH + EXITS]++;
            numbers[at * WIDTH + TIME] += time;
        }

        /** Returns where the place is. */
        int put(Place place) {
            int at = find(place.address, place.cause);
            numbers[at * WIDTH] = place.address;
            numbers[at * WIDTH + CAUSE] = place.cause;
            numbers[at * WIDTH + EXITS] = place.exits;
            numbers[at * WIDTH + TIME] = place.time;
            errors[at] = place.error;
            return at;
        }

        Place place(int at) {
            int first = at * WIDTH;
            return new Place(
                    numbers[first + CAUSE], numbers[first], numbers[first + EXITS], errors[at], numbers[first + TIME]);
        }

        List<Place> places() {
            List<Place> places = new ArrayList<>();
            for (int at = 0; at < count; at++) {
                if (!isFree(at)) {
                    places.add(place(at));
                }
            }
            return places;
        }

        void clear() {
            Arrays.fill(numbers, 0);
        }
    }

    /** Counts an exit. */
    void add(Level level, int isa, long reason, long address, long time) {
        long cause = (reason << ISA_BITS | isa) << LEVEL_BITS | level.ordinal();
        int at = slots.find(address, cause);
        if (slots.isFree(at)) {
            at = insert(address, cause);
        }
        slots.countExit(at, time);
    }

    private int insert(long address, long cause) {
        if (size == PLACES_MAX) {
            floor = forgettable();
            Slots old = slots;
            moveTo(spare);
            spare = old;
        } else if (size * 2 == slots.count) {
            moveTo(new Slots(size * 4));
            spare = new Slots(size * 4);
        }
        size++;
        return slots.put(new Place(cause, address, floor, floor, 0));
    }

    /** How many exits are too few to stay: those that at least half of the places have no more of. */
    private long forgettable() {
        int[] withFew = new int[FEW];
        for (int at = 0; at < slots.count; at++) {
            long more = slots.exits(at) - floor;
            if (more > 0 && more <= FEW) {
                withFew[(int) more - 1]++;
            }
        }
        int places = 0;
        for (int few = 0; few < FEW; few++) {
            places += withFew[few];
            if (places >= PLACES_MAX / 2) {
                return floor + few + 1;
            }
        }
        long[] counts = slots.places().stream().mapToLong(Place::exits).sorted().toArray();
        return counts[counts.length - 1 - PLACES_MAX / 2];
    }

    /** Takes all places with more exits than {@link #floor} over to these slots. */
    private void moveTo(Slots others) {
        Slots old = slots;
        slots = others;
        slots.clear();
        size = 0;
        for (int at = 0; at < old.count; at++) {
            if (old.exits(at) > floor) {
                slots.put(old.place(at));
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
        spare = new Slots(capacity);
        size = places.size();
        places.forEach(slots::put);
    }

    private static Place next(Place before, Place place, Items items) {
        long cause = before.cause + items.next(place.cause - before.cause);
        long address = before.address + items.next(place.address - before.address);
        long counted = items.next(place.exits - place.error << 1 | (place.error == 0 ? 0 : 1));
        long error = (counted & 1) == 0 ? 0 : items.next(place.error);
        return new Place(cause, address, (counted >> 1) + error, error, items.next(place.time));
    }
}
