package io.trapline.producer.ftrace;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts bytes into lines without copying them: a line is {@link #from} to {@link #to} of {@link #bytes}, valid until the
 * next call. The line end, LF or CRLF, is not part of it.
 */
final class LineReader {
    /** A longer line is no line of a trace; its parts count as lines. */
    static final int LINE_BYTES_MAX = 64 * 1024;

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH_LF = 0x0a0a0a0a0a0a0a0aL;
    private static final long EACH_LOW = 0x0101010101010101L;
    private static final long EACH_HIGH = 0x8080808080808080L;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private int nextFrom;
    private int filled;
    private boolean atEnd;
    private boolean torn;
    private long number;
    private IOException broken;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; false at the end. */
    boolean next() {
        int lf = lineFeed(nextFrom);
        while (lf < 0 && !atEnd && filled - nextFrom < LINE_BYTES_MAX) {
            int searched = filled - nextFrom;
            fill();
            lf = lineFeed(nextFrom + searched);
        }
        if (lf < 0) {
            return lastOrTooLong();
        }
        line(nextFrom, lf, lf + 1);
        return true;
    }

    private boolean lastOrTooLong() {
        if (nextFrom == filled) {
            return false;
        }
        torn = atEnd;
        line(nextFrom, filled, filled);
        return true;
    }

    private void line(int newFrom, int newTo, int next) {
        from = newFrom;
        to = newTo > newFrom && buffer[newTo - 1] == '\r' ? newTo - 1 : newTo;
        nextFrom = next;
        number++;
    }

    /** Position of the next LF, -1 if there is none in what has been read: eight bytes at a time. */
    private int lineFeed(int at) {
        int position = at;
        for (; position <= filled - Long.BYTES; position += Long.BYTES) {
            long zeroAtLf = (long) LONGS.get(buffer, position) ^ EACH_LF;
            long found = zeroAtLf - EACH_LOW & ~zeroAtLf & EACH_HIGH;
            if (found != 0) {
                return position + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        for (; position < filled; position++) {
            if (buffer[position] == '\n') {
                return position;
            }
        }
        return -1;
    }

    private void fill() {
        System.arraycopy(buffer, nextFrom, buffer, 0, filled - nextFrom);
        filled -= nextFrom;
        nextFrom = 0;
        try {
            int got = in.read(buffer, filled, buffer.length - filled);
            atEnd = got < 0;
            filled += Math.max(got, 0);
        } catch (IOException e) {
            // Cut or broken packed data: the lines so far stand, the caller tells of it.
            broken = e;
            atEnd = true;
        }
    }

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Number of the line, from 1. */
    long number() {
        return number;
    }

    /** Whether this is a last line without an end: nobody knows what is missing of it. */
    boolean isTorn() {
        return torn;
    }

    /** Why reading stopped before the end, or null. */
    IOException broken() {
        return broken;
    }

    /** What has been read so far, at most {@code bytesMax}: to see what kind of file this is before the first line. */
    byte[] peek(int bytesMax) {
        while (!atEnd && filled < bytesMax) {
            fill();
        }
        return Arrays.copyOf(buffer, Math.min(filled, bytesMax));
    }
}
