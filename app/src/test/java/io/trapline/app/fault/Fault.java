package io.trapline.app.fault;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * One fault of a plan: who is running, at which moment whom it hits and how, and whether the state of the topology is gone
 * when the next start looks for it.
 *
 * @param share of all that the victim will write (events for an import, results for a topology) when the moment has come; -1:
 *     only the time counts
 * @param delay from then on: commits are hit in their middle only by chance
 */
record Fault(Scene scene, double share, Duration delay, Signal signal, boolean wipesState) {
    private static final int START_UP_MILLIS = 5_000;
    private static final int JITTER_MILLIS = 150;
    private static final double IMPORT_SHARE_MAX = 0.3;

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
        /** Broker and topology in one JVM and the import that has joined it, at once. */
        EVERYTHING;

        boolean hitsImport() {
            return this == IMPORT_ALONE || this == IMPORT_WITH_BROKER || this == EVERYTHING;
        }

        /** The same broker, with the topology to hit: there is no import any more where the run is complete. */
        Scene withoutImport() {
            return switch (this) {
                case IMPORT_ALONE, STREAMS_ALONE -> STREAMS_ALONE;
                case IMPORT_WITH_BROKER, STREAMS_WITH_BROKER, EVERYTHING -> STREAMS_WITH_BROKER;
            };
        }
    }

    /** KILL is kill -9; TERM is what Ctrl-C does to a JVM. */
    enum Signal {
        KILL,
        TERM
    }

    /** The next fault of a plan; {@code ofImport}: one that an import is hit by, early enough that it has not ended. */
    static Fault next(Random random, boolean ofImport) {
        List<Scene> scenes = Stream.of(Scene.values())
                .filter(scene -> !ofImport || scene.hitsImport())
                .toList();
        Scene scene = scenes.get(random.nextInt(scenes.size()));
        boolean inStartUp = random.nextInt(5) == 0;
        double share = inStartUp ? -1 : random.nextDouble() * (ofImport ? IMPORT_SHARE_MAX : 1);
        int delayMillis = random.nextInt(inStartUp ? START_UP_MILLIS : JITTER_MILLIS);
        Signal signal = random.nextInt(5) == 0 ? Signal.TERM : Signal.KILL;
        return new Fault(scene, share, Duration.ofMillis(delayMillis), signal, random.nextInt(3) == 0);
    }

    Fault withoutImport() {
        return new Fault(scene.withoutImport(), share, delay, signal, wipesState);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-4s %-19s %s + %4d ms%s",
                signal,
                scene,
                share < 0 ? "at its start" : String.format(Locale.ROOT, "after %4.1f %%", 100 * share),
                delay.toMillis(),
                wipesState ? ", then state wiped" : "");
    }
}
