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

    private static final int INITIAL_CAPACITY = 8;

    private int[] buckets = new int[INITIAL_CAPACITY];
    private long[] counts = new long[INITIAL_CAPACITY];
    private int size;
    /** Where the last value went: the next one often goes there too. */
    private int last;

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
        if (last < size && buckets[last] == bucket) {
            counts[last] += count;
            return;
        }
        int place = Arrays.binarySearch(buckets, 0, size, bucket);
        last = place >= 0 ? place : insert(-place - 1, bucket);
        counts[last] += count;
    }

    private int insert(int place, int bucket) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        System.arraycopy(buckets, place, buckets, place + 1, size - place);
        System.arraycopy(counts, place, counts, place + 1, size - place);
        buckets[place] = bucket;
        counts[place] = 0;
        size++;
        return place;
    }

    void merge(CostHistogram other) {
        for (int i = 0; i < other.size; i++) {
            add(other.buckets[i], other.counts[i]);
        }
    }

    void merge(List<Integer> otherBuckets, List<Long> otherCounts) {
        for (int i = 0; i < otherBuckets.size(); i++) {
            add(otherBuckets.get(i), otherCounts.get(i));
        }
    }

    /** Forgets all counts and keeps the memory, unless one wild window made it large. */
    void clear() {
        if (buckets.length > INITIAL_CAPACITY * 8) {
            buckets = new int[INITIAL_CAPACITY];
            counts = new long[INITIAL_CAPACITY];
        }
        size = 0;
        last = 0;
    }

    /** The value of the sample with this rank, counted from 1 in ascending order. */
    long valueAt(long rank) {
        long passed = 0;
        for (int i = 0; i < size; i++) {
            passed += counts[i];
            if (passed >= rank) {
                return valueOf(buckets[i]);
            }
        }
        throw new IllegalArgumentException("rank " + rank + " of " + passed + " samples");
    }

    List<Integer> buckets() {
        return Arrays.stream(buckets, 0, size).boxed().toList();
    }

    List<Long> counts() {
        return Arrays.stream(counts, 0, size).boxed().toList();
    }
}
