package io.trapline.producer.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A source that may fall silent: a pipe, standard input. A thread of its own reads it, so that whoever reads here hears of a
 * pause instead of being blocked, and can be told to stop.
 */
final class LiveStream extends InputStream {
    /** So long what has been read may wait before it is handed on, whether more comes or not. */
    static final long WAIT_MAX_MS = 50;

    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int BLOCKS_AHEAD = 16;
    private static final byte[] END = {};

    private final InputStream source;
    private final BlockingQueue<byte[]> blocks = new ArrayBlockingQueue<>(BLOCKS_AHEAD);
    private final Thread pump = new Thread(this::pump, "trapline-input");
    private Runnable onPause = () -> {};
    private byte[] block = END;
    private int at;
    private long pausedNanos = System.nanoTime();
    private boolean ended;
    private volatile boolean stopped;
    private volatile IOException broken;

    LiveStream(InputStream source) {
        this.source = source;
        pump.setDaemon(true);
        pump.start();
    }

    /** What is done in a pause, by the thread that reads here: nothing of what it has read is on the way then. */
    void onPause(Runnable action) {
        onPause = action;
    }

    /** The source ends here, as far as its reader is concerned; from any thread. */
    void stop() {
        stopped = true;
    }

    private void pump() {
        byte[] buffer = new byte[BLOCK_BYTES];
        try {
            int got = source.read(buffer);
            while (got >= 0) {
                if (got > 0) {
                    blocks.put(Arrays.copyOf(buffer, got));
                }
                got = source.read(buffer);
            }
        } catch (IOException e) {
            broken = e;
        } catch (InterruptedException e) {
            return; // closed: nobody reads any more
        }
        end();
    }

    private void end() {
        try {
            blocks.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (at == block.length && !ended) {
            next();
        }
        if (ended) {
            if (broken != null) {
                throw broken;
            }
            return -1;
        }
        int got = Math.min(length, block.length - at);
        System.arraycopy(block, at, to, offset, got);
        at += got;
        return got;
    }

    @Override
    public int available() {
        return block.length - at;
    }

    private void next() throws IOException {
        try {
            byte[] next = blocks.poll(sinceAPause() ? 0 : WAIT_MAX_MS, TimeUnit.MILLISECONDS);
            if (next == null || sinceAPause()) {
                onPause.run();
                pausedNanos = System.nanoTime();
            }
            while (next == null && !stopped) {
                next = blocks.poll(WAIT_MAX_MS, TimeUnit.MILLISECONDS);
            }
            ended = stopped || next == END;
            block = ended ? END : next;
            at = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("reading was interrupted", e);
        }
    }

    private boolean sinceAPause() {
        return System.nanoTime() - pausedNanos >= TimeUnit.MILLISECONDS.toNanos(WAIT_MAX_MS);
    }

    @Override
    public void close() {
        pump.interrupt();
    }
}
