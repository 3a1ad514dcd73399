package io.trapline.producer.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts the bytes that pass, and digests them unless their digest is known already. */
final class DigestingStream extends FilterInputStream {
    private static final int DRAIN_BYTES = 64 * 1024;

    private final String known;
    private final MessageDigest digest;
    private volatile long bytes;

    /** {@code known} is the sha256 in hexadecimal, or null to compute it. */
    DigestingStream(InputStream in, String known) {
        super(in);
        this.known = known;
        this.digest = known == null ? sha256() : null;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int got = read(one, 0, 1);
        return got < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int got = super.read(to, offset, length);
        if (got > 0) {
            count(got);
            if (digest != null) {
                digest.update(to, offset, got);
            }
        }
        return got;
    }

    @Override
    public long skip(long wanted) throws IOException {
        // What is skipped belongs to the digest too.
        return Math.max(0, read(new byte[(int) Math.min(wanted, DRAIN_BYTES)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    long bytes() {
        return bytes;
    }

    /** Reads to the end and returns the sha256 of everything that passed, in hexadecimal. */
    String drain() throws IOException {
        if (known != null) {
            return known;
        }
        byte[] buffer = new byte[DRAIN_BYTES];
        while (read(buffer, 0, buffer.length) >= 0) {
            // Bytes behind the end of the packed data are part of the file all the same.
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    // One thread reads, another may look at the progress.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void count(int got) {
        bytes += got;
    }
}
