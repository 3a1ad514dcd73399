package io.trapline.app.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Closes what a command opened in reverse order, once, whether the command ends or the process is told to (Ctrl-C, SIGTERM): a
 * topology must be closed before the broker it talks to, and the JVM runs its shutdown hooks in no order.
 *
 * <p>A signal interrupts the command, which then has a few seconds to leave in order; if it does not (it waits for a pipe),
 * it is closed over its head. What it says of that goes nowhere: the process ends with the signal's own exit code.
 */
public final class StopSequence implements AutoCloseable {
    private static final Duration LEAVE_MAX = Duration.ofSeconds(3);

    /** A command that is not interrupted may still be starting its broker, and what has come so far is to be kept. */
    private static final Duration COME_TO_ITS_END_MAX = Duration.ofSeconds(20);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread command = Thread.currentThread();
    private final Runnable farewell;
    private volatile Runnable instead;
    private final Thread hook = new Thread(this::onSignal, "trapline-stop");

    private StopSequence(Runnable farewell) {
        this.farewell = farewell;
    }

    /** A sequence that also runs when the JVM is told to end; opened by the thread that runs the command. */
    public static StopSequence alsoOnSignal() {
        return alsoOnSignal(() -> {});
    }

    /** The same for a command that can be ended at any moment and given again: it says so. */
    public static StopSequence ofResumable(PrintWriter err) {
        return alsoOnSignal(() -> {
            err.println("trapline: stopping; the same command goes on from here");
            err.flush();
        });
    }

    private static StopSequence alsoOnSignal(Runnable farewell) {
        StopSequence sequence = new StopSequence(farewell);
        Runtime.getRuntime().addShutdownHook(sequence.hook);
        return sequence;
    }

    /** Adds what is to be closed before everything that was added earlier. */
    public synchronized <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /** On a signal this is done, and the command not interrupted: it comes to its end by that. */
    public void instead(Runnable ending) {
        instead = ending;
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
        boolean bySignal = !removeHook();
        if (bySignal) {
            // The interrupt has done its work; what is closed now must not be disturbed by it.
            Thread.interrupted();
        }
        closeAll();
        closed.countDown();
        if (bySignal) {
            awaitEndOfProcess();
        }
    }

    private boolean removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            return true;
        } catch (IllegalStateException alreadyEnding) {
            return false;
        }
    }

    /** The hooks are running, and the JVM ends when they have: nothing that the command could say now is of use. */
    private static void awaitEndOfProcess() {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // Not even this: the signal's interrupt may come late.
            }
        }
    }

    private void onSignal() {
        Runnable ending = instead;
        Duration max = ending == null ? LEAVE_MAX : COME_TO_ITS_END_MAX;
        if (ending == null) {
            farewell.run();
            command.interrupt();
        } else {
            ending.run();
        }
        stopping.countDown();
        try {
            if (!closed.await(max.toMillis(), TimeUnit.MILLISECONDS)) {
                closeAll();
            }
        } catch (InterruptedException e) {
            closeAll();
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
