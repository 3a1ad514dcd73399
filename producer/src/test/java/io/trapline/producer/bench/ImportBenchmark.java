package io.trapline.producer.bench;

import io.trapline.producer.RecordingSummary;
import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Events per CPU-second of parse and identity, without a sink. Argument: a recording. Its text is held in memory (plain
 * text, so that unpacking is not measured) and imported again and again; the last rounds are warm.
 */
public final class ImportBenchmark {
    private static final int ROUNDS = 12;
    private static final long EVENTS_PER_ROUND_MIN = 2_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private ImportBenchmark() {}

    public static void main(String[] arguments) throws IOException, UnreadableInput {
        byte[] text = text(Path.of(arguments[0]));
        for (int round = 0; round < ROUNDS; round++) {
            long events = 0;
            long before = cpuNanos();
            while (events < EVENTS_PER_ROUND_MIN) {
                events += importOnce(text).events();
            }
            long nanos = cpuNanos() - before;
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %.2f M events/CPU-second, %.0f ns/event%n",
                    round,
                    events / (nanos / NANOS_PER_SECOND) / 1e6,
                    (double) nanos / events);
        }
        System.out.println(text.length + " bytes, " + importOnce(text).lines() + " lines");
    }

    private static byte[] text(Path file) throws IOException, UnreadableInput {
        try (TraceInput input = TraceInput.open(file.toString())) {
            return input.text().readAllBytes();
        }
    }

    private static RecordingSummary importOnce(byte[] text) throws IOException, UnreadableInput {
        try (TraceInput input = TraceInput.of("memory", new ByteArrayInputStream(text))) {
            return new RecordingImporter("bench", ReadOptions.NONE, RecordingImporter.CHUNK_EVENTS_MAX, events -> {})
                    .run(input);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
