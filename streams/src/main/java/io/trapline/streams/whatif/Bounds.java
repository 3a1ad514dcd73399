package io.trapline.streams.whatif;

/**
 * A number that a recording bounds.
 *
 * @param lo at least this
 * @param hi at most this; null where nothing bounds it
 */
public record Bounds(long lo, Long hi) {
    public static final Bounds ZERO = exactly(0);

    public Bounds {
        if (lo < 0 || hi != null && hi < lo) {
            throw new IllegalArgumentException("no number lies between " + lo + " and " + hi);
        }
    }

    public static Bounds exactly(long number) {
        return new Bounds(number, number);
    }

    public static Bounds atLeast(long number) {
        return new Bounds(number, null);
    }

    public boolean exact() {
        return hi != null && hi == lo;
    }

    public Bounds plus(Bounds other) {
        return new Bounds(lo + other.lo, hi == null || other.hi == null ? null : Long.valueOf(hi + other.hi));
    }

    /** The same with so many possible ones less, and more. */
    Bounds widened(long less, long more) {
        return new Bounds(Math.max(0, lo - less), hi == null ? null : Long.valueOf(hi + more));
    }

    /** So many times something that is certain, possible or not so. */
    static Bounds of(Answer answer, long count) {
        return switch (answer) {
            case YES -> exactly(count);
            case NO -> ZERO;
            case MAYBE -> new Bounds(0, count);
        };
    }
}
