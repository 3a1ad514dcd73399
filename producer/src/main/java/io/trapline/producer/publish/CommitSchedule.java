package io.trapline.producer.publish;

/**
 * When a transaction has been open long enough: by its bytes, so that a reader is never far behind, and by time, so that a
 * slow source does not keep its events back.
 */
final class CommitSchedule {
    /** Bytes of encoded chunks in one transaction. */
    static final long BYTES_MAX = 16L * 1_024 * 1_024;
    /** Age of a transaction. */
    static final long NANOS_MAX = 1_000_000_000L;

    private boolean open;
    private long begunNanos;
    private long bytes;

    boolean isOpen() {
        return open;
    }

    void begun(long nowNanos) {
        open = true;
        begunNanos = nowNanos;
        bytes = 0;
    }

    void sent(long moreBytes) {
        bytes += moreBytes;
    }

    boolean isDue(long nowNanos) {
        return open && (bytes >= BYTES_MAX || nowNanos - begunNanos >= NANOS_MAX);
    }

    void ended() {
        open = false;
    }
}
