package io.trapline.streams.fold;

import java.util.ArrayList;
import java.util.List;

/** Ranges of a stream's numbers that were given up as gaps: a chunk that lies in one comes too late. */
final class Holes {
    /** Ranges remembered; beyond, the two oldest become one, so that nothing late passes for a duplicate. */
    static final int MAX = 64;

    private final List<Long> bounds = new ArrayList<>();

    /** Remembers the numbers {@code first} (inclusive) to {@code end} (exclusive). */
    void add(long first, long end) {
        bounds.add(first);
        bounds.add(end - 1);
        if (bounds.size() > 2 * MAX) {
            bounds.subList(1, 3).clear();
        }
    }

    /** Whether any number from {@code first} (inclusive) to {@code end} (exclusive) lies in a hole. */
    boolean touch(long first, long end) {
        for (int i = 0; i < bounds.size(); i += 2) {
            if (first <= bounds.get(i + 1) && end > bounds.get(i)) {
                return true;
            }
        }
        return false;
    }

    List<Long> bounds() {
        return List.copyOf(bounds);
    }

    void restore(List<Long> saved) {
        bounds.addAll(saved);
    }

    void clear() {
        bounds.clear();
    }
}
