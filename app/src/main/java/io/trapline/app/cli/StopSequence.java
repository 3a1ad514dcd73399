package io.trapline.app.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/**
 * Closes what a command opened in reverse order, once, whether the command ends or the process is told to (Ctrl-C, SIGTERM): a
 * topology must be closed before the broker it talks to, and the JVM runs its shutdown hooks in no order.
 */
public final class StopSequence implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread hook = new Thread(this::closeAll, "trapline-stop");

    private StopSequence() {}

    /** A sequence that also runs when the JVM is told to end. */
    public static StopSequence alsoOnSignal() {
        StopSequence sequence = new StopSequence();
        Runtime.getRuntime().addShutdownHook(sequence.hook);
        return sequence;
    }

    /** Adds what is to be closed before everything that was added earlier. */
    public synchronized <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Waits until the process is told to end: for commands that stay up. */
    public void awaitSignal() throws InterruptedException {
        stopping.await();
    }

    /** Lets {@link #awaitSignal()} return although nobody told the process to end: what it was waiting with has failed. */
    public void release() {
        stopping.countDown();
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook is running or has run: there is nothing left for it to close.
        }
    }

    private synchronized void closeAll() {
        stopping.countDown();
        while (!opened.isEmpty()) {
            AutoCloseable next = opened.pop();
            try {
                next.close();
            } catch (Exception e) {
                LoggerFactory.getLogger(StopSequence.class).warn("{} did not close", next, e);
            }
        }
    }
}
