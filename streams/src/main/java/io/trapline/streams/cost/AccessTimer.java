package io.trapline.streams.cost;

import io.trapline.streams.core.Items;

/** Times accesses of one view: at most one is under way. */
final class AccessTimer {
    static final long NONE = -1;

    final AccessTable table;

    /** When what is being timed began; {@link #NONE} where nothing is. */
    private long begun = NONE;
    /** What it is; {@link #NONE} as long as nobody has said. */
    private long key = NONE;

    AccessTimer(AccessView view) {
        table = new AccessTable(view);
    }

    void begin(long newKey, long time) {
        begun = time;
        key = newKey;
    }

    /** What has begun ends; {@code named} says what it is where its beginning did not. */
    void end(long named, long time, boolean counted) {
        long place = key == NONE ? named : key;
        if (begun != NONE && place != NONE) {
            if (counted) {
                table.add(place, time - begun);
            }
            forget();
        }
    }

    /** What was under way has no end. */
    void forget() {
        begun = NONE;
        key = NONE;
    }

    /** What is under way, in the order of the snapshot. */
    void each(Items items) {
        begun = items.next(begun);
        key = items.next(key);
    }
}
