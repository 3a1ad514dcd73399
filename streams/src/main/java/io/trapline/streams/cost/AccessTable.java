package io.trapline.streams.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Times of accesses by place, in the open window. A place once known stays, empty, through all windows: those that come after the
 * first {@link #PLACES_MAX} go to {@link AccessView#OTHER}.
 */
final class AccessTable {
    /** Places of one view on one vCPU. */
    static final int PLACES_MAX = 256;

    private static final Comparator<AccessCell> ROW_ORDER = Comparator.comparingLong(AccessCell::key);

    private final AccessView view;
    private AccessCell[] cells = new AccessCell[16];
    private int size;
    /** Those that have counted anything in this window. */
    private final List<AccessCell> used = new ArrayList<>();

    AccessTable(AccessView view) {
        this.view = view;
    }

    /** Counts an access to this place. */
    void add(long key, long duration) {
        use(key).add(duration);
    }

    /** Puts back a place of stored state, with what it has counted in the open window. */
    void restore(long key, CostStats time) {
        if (time.samples() > 0) {
            use(key).merge(time);
        } else {
            of(key);
        }
    }

    private CostStats use(long key) {
        AccessCell cell = of(key);
        if (cell.time.samples() == 0) {
            used.add(cell);
        }
        return cell.time;
    }

    private AccessCell of(long key) {
        AccessCell cell = cells[find(key)];
        if (cell != null) {
            return cell;
        }
        return size >= PLACES_MAX && key != AccessView.OTHER ? of(AccessView.OTHER) : make(key);
    }

    private int find(long key) {
        int mask = cells.length - 1;
        int place = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (cells[place] != null && cells[place].key() != key) {
            place = place + 1 & mask;
        }
        return place;
    }

    private AccessCell make(long key) {
        if (++size * 2 > cells.length) {
            AccessCell[] old = cells;
            cells = new AccessCell[old.length * 2];
            Arrays.stream(old).filter(Objects::nonNull).forEach(cell -> cells[find(cell.key())] = cell);
        }
        AccessCell cell = new AccessCell(view, key);
        cells[find(key)] = cell;
        return cell;
    }

    /** The places that have counted anything in this window, in the order of rows. */
    Stream<AccessCell> window() {
        return used.stream().sorted(ROW_ORDER);
    }

    /** All places, in the order of rows. */
    Stream<AccessCell> places() {
        return Arrays.stream(cells).filter(Objects::nonNull).sorted(ROW_ORDER);
    }

    /** Begins the next window. */
    void clear() {
        used.forEach(cell -> cell.time.clear());
        used.clear();
    }
}
