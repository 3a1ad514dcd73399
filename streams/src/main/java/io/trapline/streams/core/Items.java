package io.trapline.streams.core;

/**
 * Walks the items of a state in their fixed order. One list of items serves saving, restoring and copying, so that the
 * three cannot drift apart: each item becomes what {@link #next} returns for it.
 */
public interface Items {
    long next(long value);

    default int next(int value) {
        return (int) next((long) value);
    }

    default boolean next(boolean value) {
        return next(value ? 1L : 0L) != 0;
    }
}
