package io.trapline.producer.line;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts bytes into lines without copying them: a line is {@link #from} to {@link #to} of {@link #bytes}, valid until the
 * next call. The line end, LF or CRLF, is not part of it, nor is a byte order mark in front of the first.
 */
public final class LineReader {
    /** Of a longer line only so much is kept; the rest is skipped and counted. */
    public static final int LINE_BYTES_MAX = 1024 * 1024;

    private static final int BUFFER_BYTES = 256 * 1024;
    /** What editors on Windows put in front of a text in UTF-8. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH_LF = 0x0a0a0a0a0a0a0a0aL;
    private static final long EACH_LOW = 0x0101010101010101L;
    private static final long EACH_HIGH = 0x8080808080808080L;

    private final InputStream in;
    private final int lineBytesMax;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private int nextFrom;
    private int filled;
    private boolean begun;
    private boolean atEnd;
    private boolean torn;
    private boolean tooLong;
    private long skipped;
    private long number;
    private IOException broken;

    public LineReader(InputStream in) {
        this(in, LINE_BYTES_MAX);
    }

    /** Keeps {@code lineBytesMax} bytes of a line. */
    LineReader(InputStream in, int lineBytesMax) {
        this.in = in;
        this.lineBytesMax = lineBytesMax;
    }

    /** Goes to the next line; false at the end. */
    public boolean next() {
        begin();
        if (tooLong) {
            skipRest();
        }
        int lf = lineFeed(nextFrom);
        while (lf < 0 && !atEnd && filled - nextFrom <= lineBytesMax) {
            int searched = filled - nextFrom;
            fill();
            lf = lineFeed(nextFrom + searched);
        }
        if (lf < 0 && nextFrom == filled) {
            return false;
        }
        int end = lf < 0 ? filled : lf;
        tooLong = end - nextFrom > lineBytesMax;
        torn = lf < 0 && !tooLong;
        if (tooLong) {
            line(nextFrom, nextFrom + lineBytesMax, nextFrom + lineBytesMax);
        } else {
            line(nextFrom, end, lf < 0 ? end : lf + 1);
        }
        return true;
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        while (!atEnd && filled < BYTE_ORDER_MARK.length) {
            fill();
        }
        int mark = BYTE_ORDER_MARK.length;
        nextFrom = filled >= mark && Arrays.equals(buffer, 0, mark, BYTE_ORDER_MARK, 0, mark) ? mark : 0;
    }

    /** Goes behind the end of a line of which the beginning was enough. */
    private void skipRest() {
        tooLong = false;
        int lf = lineFeed(nextFrom);
        while (lf < 0) {
            skipped += filled - nextFrom;
            nextFrom = filled;
            if (atEnd) {
                return;
            }
            fill();
            lf = lineFeed(nextFrom);
        }
        skipped += lf - nextFrom;
        nextFrom = lf + 1;
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
        int kept = filled - nextFrom;
        byte[] roomy = kept > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
        System.arraycopy(buffer, nextFrom, roomy, 0, kept);
        buffer = roomy;
        filled = kept;
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

    public byte[] bytes() {
        return buffer;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /** Number of the line, from 1. */
    public long number() {
        return number;
    }

    /** Whether this is a last line without an end: nobody knows what is missing of it. */
    public boolean isTorn() {
        return torn;
    }

    /** Whether only the beginning of this line is here, because it is longer than {@link #lineBytesMax}. */
    public boolean isTooLong() {
        return tooLong;
    }

    /** Bytes of a line that are kept. */
    public int lineBytesMax() {
        return lineBytesMax;
    }

    /** Bytes of lines that were too long and have been skipped so far. */
    public long skipped() {
        return skipped;
    }

    /** Why reading stopped before the end, or null. */
    public IOException broken() {
        return broken;
    }

    /**
     * What has been read and not yet gone over as lines; reads once more if that is nothing new since {@code known} bytes.
     * To see what kind of file this is before the first line.
     */
    public byte[] peek(int known) {
        begin();
        if (!atEnd && filled - nextFrom <= known) {
            fill();
        }
        return Arrays.copyOfRange(buffer, nextFrom, filled);
    }

    /** Whether the source has ended: what {@link #peek} shows is all there is. */
    public boolean atEnd() {
        return atEnd;
    }
}
