package io.trapline.streams.cost;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/**
 * Counts of durations in fixed log-linear buckets: {@link #SUB_BUCKETS} of equal width between a power of two and the
 * next. Below {@code 2 * SUB_BUCKETS} a bucket is one value; above, a value that a bucket stands for is off by at most
 * 1/128 of the true one. Sparse: memory goes with the buckets in use. Any two merge exactly.
 */
public final class CostHistogram {
    static final int SUB_BUCKET_BITS = 6;
    public static final int SUB_BUCKETS = 1 << SUB_BUCKET_BITS;

    /** Powers of two. */
    private static final int INITIAL_CAPACITY = 16;

    private static final int KEPT_CAPACITY_MAX = INITIAL_CAPACITY * 16;
    private static final int SPREAD = 0x9E37_79B9;
    private static final int SPREAD_SHIFT = 20;

    private static final int BUCKET_MAX = bucketOf(Long.MAX_VALUE);

    private static final int COUNT_BITS = 48;
    private static final long COUNT = (1L << COUNT_BITS) - 1;

    /** Buckets in use, each with its count in the lower bits, which is not 0. Open addressing: the next free place is taken. */
    private long[] counts = new long[INITIAL_CAPACITY];

    private int size;

    /** The bucket of a value, which is not negative. */
    public static int bucketOf(long value) {
        if (value < SUB_BUCKETS) {
            return (int) value;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        int sub = (int) (value >>> exponent - SUB_BUCKET_BITS) & SUB_BUCKETS - 1;
        return (exponent - SUB_BUCKET_BITS + 1) * SUB_BUCKETS + sub;
    }

    /** The value that a bucket stands for: the middle of those that fall into it. */
    public static long valueOf(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        int shift = bucket / SUB_BUCKETS - 1;
        long lowest = (long) (SUB_BUCKETS + bucket % SUB_BUCKETS) << shift;
        return lowest + ((1L << shift) - 1 >> 1);
    }

    void add(long value) {
        int bucket = bucketOf(value);
        int place = find(bucket);
        if (counts[place] == 0) {
            place = insert(bucket, place);
        }
        counts[place]++;
    }

    private void add(int bucket, long count) {
        int place = find(bucket);
        long before = counts[place] & COUNT;
        if (bucket < 0 || bucket > BUCKET_MAX || count <= 0 || count > COUNT - before) {
            throw new IllegalArgumentException("bucket " + bucket + " with " + count + " samples and " + before);
        }
        if (before == 0) {
            place = insert(bucket, place);
        }
        counts[place] += count;
    }

    /** Where the bucket is, or would be. */
    private int find(int bucket) {
        // Neighbours are spread: the buckets of two powers of two would else lie on each other.
        int mask = counts.length - 1;
        int place = bucket * SPREAD >>> SPREAD_SHIFT & mask;
        while (counts[place] != 0 && bucket(counts[place]) != bucket) {
            place = place + 1 & mask;
        }
        return place;
    }

    private static int bucket(long counted) {
        return (int) (counted >>> COUNT_BITS);
    }

    /** Returns where the new bucket is: the free place where it belongs, unless there have to be more of them. */
    private int insert(int bucket, int free) {
        int place = free;
        if (++size * 2 > counts.length) {
            grow();
            place = find(bucket);
        }
        counts[place] = (long) bucket << COUNT_BITS;
        return place;
    }

    private void grow() {
        long[] old = counts;
        counts = new long[old.length * 2];
        for (long counted : old) {
            if (counted != 0) {
                counts[find(bucket(counted))] = counted;
            }
        }
    }

    void merge(CostHistogram other) {
        for (long counted : other.counts) {
            if (counted != 0) {
                add(bucket(counted), counted & COUNT);
            }
        }
    }

    void merge(List<Integer> otherBuckets, List<Long> otherCounts) {
        for (int i = 0; i < otherBuckets.size(); i++) {
            add(otherBuckets.get(i), otherCounts.get(i));
        }
    }

    /** Forgets all counts and keeps the memory, unless one wild window made it large. */
    void clear() {
        if (counts.length > KEPT_CAPACITY_MAX) {
            counts = new long[INITIAL_CAPACITY];
        } else if (size > 0) {
            Arrays.fill(counts, 0);
        }
        size = 0;
    }

    /** The value of the sample with this rank, counted from 1 in ascending order. */
    long valueAt(long rank) {
        long passed = 0;
        for (long counted : ascending()) {
            passed += counted & COUNT;
            if (passed >= rank) {
                return valueOf(bucket(counted));
            }
        }
        throw new IllegalArgumentException("rank " + rank + " of " + passed + " samples");
    }

    /** Buckets with their counts. */
    private long[] ascending() {
        long[] used = new long[size];
        int next = 0;
        for (long counted : counts) {
            if (counted != 0) {
                used[next++] = counted;
            }
        }
        Arrays.sort(used);
        return used;
    }

    /** The buckets in use, ascending, and how many values each has. */
    record Listed(List<Integer> buckets, List<Long> counts) {}

    /** A copy that boxes a number only when somebody reads it: most rows are only made to be written. */
    Listed listed() {
        long[] ascending = ascending();
        return new Listed(
                new ReadOnly<>(ascending.length, at -> bucket(ascending[at])),
                new ReadOnly<>(ascending.length, at -> ascending[at] & COUNT));
    }

    private static final class ReadOnly<T> extends AbstractList<T> implements RandomAccess {
        private final int count;
        private final IntFunction<T> at;

        ReadOnly(int count, IntFunction<T> at) {
            this.count = count;
            this.at = at;
        }

        @Override
        public T get(int place) {
            return at.apply(Objects.checkIndex(place, count));
        }

        @Override
        public int size() {
            return count;
        }
    }
}
