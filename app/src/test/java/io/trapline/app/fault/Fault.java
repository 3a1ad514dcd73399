package io.trapline.app.fault;

import java.time.Duration;
import java.util.Locale;
import java.util.Random;

/**
 * One fault of a plan: who is running, at which moment whom it hits and how, and whether the state of the topology is gone
 * when the next start looks for it.
 *
 * @param afterBytes bytes that the log and the results have grown by since the round began; -1: only the time counts
 * @param delay from then on: commits are hit in their middle only by chance
 */
record Fault(Scene scene, long afterBytes, Duration delay, Signal signal, boolean wipesState) {
    private static final int START_UP_MILLIS = 5_000;
    private static final int JITTER_MILLIS = 150;

    /** Who holds the broker, who is hit. */
    enum Scene {
        /** Broker and topology in one JVM; an import has joined. */
        STREAMS_WITH_BROKER,
        /** The topology; the broker is another process's. */
        STREAMS_ALONE,
        /** The import; the broker is another process's. */
        IMPORT_ALONE,
        /** Broker and import in one JVM. */
        IMPORT_WITH_BROKER,
        /** Broker, topology and import, three processes, at once. */
        EVERYTHING
    }

    /** KILL is kill -9; TERM is what Ctrl-C does to a JVM. */
    enum Signal {
        KILL,
        TERM
    }

    /** The next fault of a plan; {@code logBytes} is what the source at work puts into the log. */
    static Fault next(Random random, long logBytes) {
        Scene scene = Scene.values()[random.nextInt(Scene.values().length)];
        boolean inStartUp = random.nextInt(5) == 0;
        long afterBytes = inStartUp ? -1 : (long) (random.nextDouble() * logBytes);
        int delayMillis = random.nextInt(inStartUp ? START_UP_MILLIS : JITTER_MILLIS);
        Signal signal = random.nextInt(5) == 0 ? Signal.TERM : Signal.KILL;
        return new Fault(scene, afterBytes, Duration.ofMillis(delayMillis), signal, random.nextInt(3) == 0);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-4s %-19s after %9s + %4d ms%s",
                signal,
                scene,
                afterBytes < 0 ? "its start" : afterBytes + " B",
                delay.toMillis(),
                wipesState ? ", then state wiped" : "");
    }
}
