package io.trapline.streams.cost;

import java.util.Arrays;

/**
 * Times of accesses by place, in the open window. A place once known stays, empty, through all windows: those that come after the
 * first {@link #PLACES_MAX} go to {@link AccessView#OTHER}.
 */
final class AccessTable {
    /** Places of one view on one vCPU. */
    static final int PLACES_MAX = 256;

    private long[] keys = new long[16];
    private CostStats[] times = new CostStats[16];
    private int size;

    /** The times of this place; the same object for as long as the table lives. */
    CostStats of(long key) {
        int place = find(key);
        if (times[place] != null) {
            return times[place];
        }
        return size >= PLACES_MAX && key != AccessView.OTHER ? of(AccessView.OTHER) : add(key);
    }

    private int find(long key) {
        int mask = keys.length - 1;
        int place = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (times[place] != null && keys[place] != key) {
            place = place + 1 & mask;
        }
        return place;
    }

    private CostStats add(long key) {
        if (++size * 2 > keys.length) {
            long[] oldKeys = keys;
            CostStats[] oldTimes = times;
            keys = new long[oldKeys.length * 2];
            times = new CostStats[oldKeys.length * 2];
            for (int old = 0; old < oldKeys.length; old++) {
                if (oldTimes[old] != null) {
                    put(oldKeys[old], oldTimes[old]);
                }
            }
        }
        return put(key, new CostStats());
    }

    private CostStats put(long key, CostStats stats) {
        int place = find(key);
        keys[place] = key;
        times[place] = stats;
        return stats;
    }

    /** All places in ascending order. */
    long[] keys() {
        long[] known = new long[size];
        int next = 0;
        for (int place = 0; place < keys.length; place++) {
            if (times[place] != null) {
                known[next++] = keys[place];
            }
        }
        Arrays.sort(known);
        return known;
    }

    /** Begins the next window. */
    void clear() {
        for (CostStats time : times) {
            if (time != null) {
                time.clear();
            }
        }
    }
}
