package io.trapline.producer.source;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * The members of a gzip file one after the other, as {@code cat a.gz b.gz} makes them. Anything else behind a member is an
 * error when it is reached: zero bytes pad, everything else would be lost without a word.
 */
final class GzipMembers extends GZIPInputStream {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int TRAILER_BYTES = 8;

    private boolean ended;

    GzipMembers(InputStream packed) throws IOException {
        super(new Unhurried(packed), BUFFER_BYTES);
    }

    /** Java looks for a next member only where bytes are there already, which a pipe may not have: it shall always look. */
    private static final class Unhurried extends FilterInputStream {
        private Unhurried(InputStream packed) {
            super(packed);
        }

        @Override
        public int available() {
            return 1;
        }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        int got = super.read(to, offset, length);
        if (got < 0) {
            ended = true;
            checkRest();
        }
        return got;
    }

    /** Of a member the inflater has all but the trailer; what follows that is in the buffer, and in the file. */
    private void checkRest() throws IOException {
        checkZero(buf, len - Math.max(0, inf.getRemaining() - TRAILER_BYTES), len);
        try {
            for (int got = in.read(buf); got >= 0; got = in.read(buf)) {
                checkZero(buf, 0, got);
            }
        } catch (EOFException end) {
            // nothing is left
        }
    }

    private static void checkZero(byte[] bytes, int from, int to) throws IOException {
        for (int at = from; at < to; at++) {
            if (bytes[at] != 0) {
                throw new IOException("something that is not gzip follows the packed data");
            }
        }
    }
}
