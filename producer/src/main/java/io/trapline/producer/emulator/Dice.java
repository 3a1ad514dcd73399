package io.trapline.producer.emulator;

/**
 * Seeded random numbers (SplitMix64). Our own, because the same seed must give the same events under every JDK, and because
 * guest, host and clock each need dice that the others' throws do not disturb.
 */
public final class Dice {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** Dice for one purpose: the same seed and another purpose give unrelated throws. */
    public Dice(long seed, String purpose) {
        state = mix(seed) ^ mix(purpose.hashCode() * GOLDEN_GAMMA);
    }

    /** All 64 bits. */
    public long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** A number from 0 to {@code bound - 1}. */
    public int below(int bound) {
        return (int) ((next() >>> 33) * bound >>> 31);
    }

    /** A number from {@code from} to {@code to}, both possible. */
    public int between(int from, int to) {
        return from + below(to - from + 1);
    }

    /** True in one of {@code n} throws. */
    public boolean oneIn(int n) {
        return below(n) == 0;
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
