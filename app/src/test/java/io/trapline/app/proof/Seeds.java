package io.trapline.app.proof;

import java.util.Random;

/**
 * Where the chance of a test comes from. Each run tries new cases and prints the seed of the first; a case that fails names
 * its own seed, which tries that case again if it is given.
 */
record Seeds(String property, long first) {
    /** The given seed, or a new one. */
    static Seeds of(String property) {
        long first = Long.getLong(property, new Random().nextInt(Integer.MAX_VALUE));
        System.out.println("-D" + property + "=" + first);
        return new Seeds(property, first);
    }

    long of(int place) {
        return first + place;
    }

    /** Seeds in a row would begin with nearly the same number: the multiplier sets them apart. */
    static Random random(long seed) {
        return new Random(seed * 0x9e3779b97f4a7c15L);
    }

    /** How to try the case with this seed again. */
    String again(long seed) {
        return "again with -D" + property + "=" + seed;
    }
}
