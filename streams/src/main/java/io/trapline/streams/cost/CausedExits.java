package io.trapline.streams.cost;

import io.trapline.schemas.avro.NestedExits;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Level;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Exits of L1 that instructions of L2 caused, per reason and detail, in bounded memory. */
final class CausedExits {
    /** Kinds that are told apart; what comes after is counted as {@code other}. */
    static final int KINDS_MAX = 32;

    private static final int CAPACITY = 4;

    private long[] reasons = new long[CAPACITY];
    private long[] details = new long[CAPACITY];
    private long[] exits = new long[CAPACITY];
    private long[] times = new long[CAPACITY];
    private int size;

    void add(long reason, long detail, long count, long time) {
        int at = find(reason, detail);
        exits[at] += count;
        times[at] += time;
    }

    private int find(long reason, long detail) {
        for (int at = 0; at < size; at++) {
            if (reasons[at] == reason && details[at] == detail) {
                return at;
            }
        }
        return size < KINDS_MAX || reason == ExitReasons.OTHER
                ? append(reason, detail)
                : find(ExitReasons.OTHER, ExitDetail.NONE);
    }

    private int append(long reason, long detail) {
        if (size == reasons.length) {
            reasons = Arrays.copyOf(reasons, size * 2);
            details = Arrays.copyOf(details, size * 2);
            exits = Arrays.copyOf(exits, size * 2);
            times = Arrays.copyOf(times, size * 2);
        }
        reasons[size] = reason;
        details[size] = detail;
        exits[size] = 0;
        times[size] = 0;
        return size++;
    }

    void addAll(CausedExits other) {
        for (int at = 0; at < other.size; at++) {
            add(other.reasons[at], other.details[at], other.exits[at], other.times[at]);
        }
    }

    void clear() {
        size = 0;
    }

    /** As rows, in the order in which the kinds came first. */
    List<NestedExits> rows(int isa) {
        return IntStream.range(0, size)
                .mapToObj(at -> new NestedExits(
                        Level.L1.title(), reasons[at], ExitDetail.text(isa, details[at]), exits[at], times[at]))
                .toList();
    }

    /** All items in the order of the snapshot. */
    void each(Items items) {
        int kinds = items.next(size);
        for (int at = 0; at < kinds; at++) {
            if (at == size) {
                append(0, 0);
            }
            reasons[at] = items.next(reasons[at]);
            details[at] = items.next(details[at]);
            exits[at] = items.next(exits[at]);
            times[at] = items.next(times[at]);
        }
    }
}
