package io.trapline.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A source that may fall silent is read without being waited for. */
class LiveStreamTest {
    private static final long SEED = 26_11_25;
    private static final long DEADLINE_SECONDS = 30;

    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final PipedOutputStream pipe = new PipedOutputStream();

    @AfterEach
    void close() throws IOException {
        pipe.close();
        reader.shutdownNow();
    }

    @Test
    void nothingIsLostOrReorderedHoweverItComesAndIsRead() throws Exception {
        Random random = new Random(SEED);
        byte[] text = new byte[3_000_000];
        random.nextBytes(text);
        InputStream inPieces = new ByteArrayInputStream(text) {
            private final Random sizes = new Random(SEED + 1);

            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + sizes.nextInt(70_000)));
            }
        };
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[100_000];
        try (LiveStream live = new LiveStream(inPieces)) {
            for (int got = 0; got >= 0; got = live.read(buffer, 0, 1 + random.nextInt(buffer.length))) {
                read.write(buffer, 0, got);
            }
        }

        assertThat(read.toByteArray()).as("seed %d", SEED).isEqualTo(text);
    }

    @Test
    void aPauseIsToldByTheThreadThatReadsWhenNothingComes() throws Exception {
        CountDownLatch paused = new CountDownLatch(1);
        try (LiveStream live = new LiveStream(new PipedInputStream(pipe))) {
            Future<Thread> pausedBy = reader.submit(() -> {
                Thread[] by = new Thread[1];
                live.onPause(() -> {
                    by[0] = Thread.currentThread();
                    paused.countDown();
                });
                assertThat(live.read()).isEqualTo('a');
                assertThat(live.read()).isEqualTo('b');
                assertThat(by[0]).isSameAs(Thread.currentThread());
                return by[0];
            });
            pipe.write('a');
            pipe.flush();

            // The second byte is not written before the pause was told: nothing else can end the wait.
            assertThat(paused.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            pipe.write('b');
            pipe.flush();
            assertThat(pausedBy.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void aSourceThatNeverPausesIsHandedOnAllTheSame() throws Exception {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                to[offset] = 'x';
                return 1;
            }
        };
        CountDownLatch paused = new CountDownLatch(2);
        try (LiveStream live = new LiveStream(endless)) {
            live.onPause(paused::countDown);
            long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            while (paused.getCount() > 0 && System.nanoTime() < deadlineNanos) {
                assertThat(live.read()).isEqualTo('x');
            }
        }

        assertThat(paused.getCount()).isZero();
    }

    @Test
    void stopEndsItWhereItIs() throws Exception {
        CountDownLatch paused = new CountDownLatch(1);
        try (LiveStream live = new LiveStream(new PipedInputStream(pipe))) {
            live.onPause(paused::countDown);
            pipe.write("what came".getBytes(StandardCharsets.UTF_8));
            pipe.flush();
            Future<byte[]> read = reader.submit(live::readAllBytes);
            assertThat(paused.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();

            live.stop();

            assertThat(read.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).asString().isEqualTo("what came");
        }
    }

    @Test
    void aBrokenSourceFailsBehindWhatItGave() throws Exception {
        InputStream breaks = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given == 2) {
                    throw new IOException("the disk is gone");
                }
                return 'a' + given++;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                to[offset] = (byte) read();
                return 1;
            }
        };
        try (LiveStream live = new LiveStream(breaks)) {
            assertThat(live.read()).isEqualTo('a');
            assertThat(live.read()).isEqualTo('b');
            assertThatThrownBy(live::read).isInstanceOf(IOException.class).hasMessage("the disk is gone");
            assertThatThrownBy(live::read).hasMessage("the disk is gone");
        }
    }

    @Test
    void whoIsInterruptedWhileItWaitsHearsOfItAndStaysInterrupted() throws Exception {
        CountDownLatch paused = new CountDownLatch(1);
        Thread[] waiting = new Thread[1];
        try (LiveStream live = new LiveStream(new PipedInputStream(pipe))) {
            Future<Boolean> interrupted = reader.submit(() -> {
                waiting[0] = Thread.currentThread();
                live.onPause(paused::countDown);
                assertThatThrownBy(live::read).isInstanceOf(IOException.class).hasMessageContaining("interrupted");
                return Thread.interrupted();
            });
            assertThat(paused.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();

            waiting[0].interrupt();

            assertThat(interrupted.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }
}
