package io.trapline.producer.line;

/**
 * Looks for the end of the comm where it does not stand in its column, because somebody sent the line by mail: blanks were
 * lost or became tabs, or there are quote marks in front.
 */
public final class CommEnd {
    /** Bytes of quote marks, {@code >> > }. */
    private static final int QUOTE_BYTES_MAX = 8;

    private CommEnd() {}

    /** Reads a line that has the end of its comm at a place; whether that can be. */
    @FunctionalInterface
    public interface Reading {
        boolean read(int commEnd);
    }

    /**
     * Whether the line can be read with some end of a comm of at most {@code width} bytes; the last such place is tried
     * first, as a comm may hold anything. Places that leave room for quote marks come after the others.
     */
    public static boolean search(byte[] line, int from, int to, int width, Reading reading) {
        int begin = from;
        while (begin < to && Text.isBlank(line[begin])) {
            begin++;
        }
        for (int place = Math.min(to - 1, begin + width); place >= begin; place--) {
            if (reading.read(place)) {
                return true;
            }
        }
        int last = Math.min(to - 1, begin + width + QUOTE_BYTES_MAX);
        for (int place = begin + width + 1; place <= last; place++) {
            if (reading.read(place)) {
                return true;
            }
        }
        return false;
    }

    /** Where the comm that ends at {@code end} begins: there is no more of it than {@code width} bytes. */
    public static int begin(int from, int end, int width) {
        return Math.max(from, end - width);
    }
}
