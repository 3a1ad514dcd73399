package io.trapline.streams.whatif;

import io.trapline.schemas.avro.WhatIfActs;
import io.trapline.streams.core.Items;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** How often each act came. There are few different ones, and mostly the same comes again. */
final class ActCounts {
    private static final int FIRST_SIZE = 8;

    private int[] acts = new int[FIRST_SIZE];
    private long[] counts = new long[FIRST_SIZE];
    private int size;
    private int last;

    void add(int act) {
        add(act, 1);
    }

    private void add(int act, long more) {
        if (last >= size || acts[last] != act) {
            last = placeOf(act);
        }
        counts[last] += more;
    }

    private int placeOf(int act) {
        for (int place = 0; place < size; place++) {
            if (acts[place] == act) {
                return place;
            }
        }
        if (size == acts.length) {
            grow(2 * size);
        }
        acts[size] = act;
        counts[size] = 0;
        return size++;
    }

    private void grow(int newSize) {
        acts = Arrays.copyOf(acts, newSize);
        counts = Arrays.copyOf(counts, newSize);
    }

    /** Something has shown that the bit does not hold for any act so far. */
    void clearBit(int bit) {
        int[] oldActs = acts;
        long[] oldCounts = counts;
        int oldSize = size;
        acts = new int[oldActs.length];
        counts = new long[oldActs.length];
        size = 0;
        for (int place = 0; place < oldSize; place++) {
            add(oldActs[place] & ~bit, oldCounts[place]);
        }
    }

    ActCounts copy() {
        ActCounts copy = new ActCounts();
        copy.acts = acts.clone();
        copy.counts = counts.clone();
        copy.size = size;
        return copy;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void each(Items items) {
        int saved = (int) items.next((long) size);
        if (saved > acts.length) {
            grow(saved);
        }
        size = saved;
        for (int place = 0; place < size; place++) {
            acts[place] = (int) items.next((long) acts[place]);
            counts[place] = items.next(counts[place]);
        }
    }

    List<WhatIfActs> toRow() {
        List<WhatIfActs> row = new ArrayList<>(size);
        for (int place = 0; place < size; place++) {
            row.add(new WhatIfActs(acts[place], counts[place]));
        }
        row.sort(Comparator.comparingInt(WhatIfActs::getAct));
        return row;
    }
}
