package io.trapline.streams.cost;

import java.util.Arrays;
import java.util.List;

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
    private static final int FREE = -1;

    private static final int SPREAD = 0x9E37_79B9;
    private static final int SPREAD_SHIFT = 20;

    /** Open addressing: the next free place is taken. */
    private int[] buckets = free(INITIAL_CAPACITY);

    private long[] counts = new long[INITIAL_CAPACITY];
    private int size;

    private static int[] free(int capacity) {
        int[] none = new int[capacity];
        Arrays.fill(none, FREE);
        return none;
    }

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
        add(bucketOf(value), 1);
    }

    private void add(int bucket, long count) {
        int place = find(bucket);
        if (buckets[place] == FREE) {
            place = insert(bucket);
        }
        counts[place] += count;
    }

    /** Where the bucket is, or would be. */
    private int find(int bucket) {
        // Neighbours are spread: the buckets of two powers of two would else lie on each other.
        int mask = buckets.length - 1;
        int place = bucket * SPREAD >>> SPREAD_SHIFT & mask;
        while (buckets[place] != bucket && buckets[place] != FREE) {
            place = place + 1 & mask;
        }
        return place;
    }

    private int insert(int bucket) {
        if (++size * 2 > buckets.length) {
            int[] oldBuckets = buckets;
            long[] oldCounts = counts;
            buckets = free(oldBuckets.length * 2);
            counts = new long[buckets.length];
            for (int old = 0; old < oldBuckets.length; old++) {
                if (oldBuckets[old] != FREE) {
                    int place = find(oldBuckets[old]);
                    buckets[place] = oldBuckets[old];
                    counts[place] = oldCounts[old];
                }
            }
        }
        int place = find(bucket);
        buckets[place] = bucket;
        counts[place] = 0;
        return place;
    }

    void merge(CostHistogram other) {
        for (int place = 0; place < other.buckets.length; place++) {
            if (other.buckets[place] != FREE) {
                add(other.buckets[place], other.counts[place]);
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
        if (buckets.length > KEPT_CAPACITY_MAX) {
            buckets = free(INITIAL_CAPACITY);
            counts = new long[INITIAL_CAPACITY];
        } else if (size > 0) {
            Arrays.fill(buckets, FREE);
        }
        size = 0;
    }

    /** The value of the sample with this rank, counted from 1 in ascending order. */
    long valueAt(long rank) {
        long passed = 0;
        for (int bucket : ascending()) {
            passed += counts[find(bucket)];
            if (passed >= rank) {
                return valueOf(bucket);
            }
        }
        throw new IllegalArgumentException("rank " + rank + " of " + passed + " samples");
    }

    private int[] ascending() {
        int[] used = new int[size];
        int next = 0;
        for (int bucket : buckets) {
            if (bucket != FREE) {
                used[next++] = bucket;
            }
        }
        Arrays.sort(used);
        return used;
    }

    /** Puts the buckets in use, ascending, and their counts into these lists. */
    void listTo(List<Integer> bucketList, List<Long> countList) {
        for (int bucket : ascending()) {
            bucketList.add(bucket);
            countList.add(counts[find(bucket)]);
        }
    }

    int used() {
        return size;
    }
}
