package io.trapline.producer.bench;

import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.emulator.Scenario;
import io.trapline.producer.file.RunFileWriter;
import io.trapline.schemas.avro.Run;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Events per CPU-second of the emulator on one thread, into nothing and into a {@code .trapline} file. Argument: the file,
 * which is overwritten. The last rounds are warm.
 */
public final class EmulatorBenchmark {
    private static final int ROUNDS = 5;
    private static final long EVENTS = 2_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private EmulatorBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        for (Scenario scenario : new Scenario[] {Scenario.AMX_TASKS, Scenario.NESTED, Scenario.SMP}) {
            EmulatorOptions options =
                    EmulatorOptions.ofSeed(1).withScenario(scenario).withEvents(EVENTS);
            for (int round = 0; round < ROUNDS; round++) {
                print(scenario, round, "nothing", intoNothing(options));
                print(scenario, round, "a file", intoFile(options, file));
            }
        }
    }

    private static void print(Scenario scenario, int round, String where, long nanos) {
        System.out.printf(
                Locale.ROOT,
                "%s, round %d: %.2f M events/CPU-second into %s%n",
                scenario.title(),
                round,
                EVENTS / (nanos / NANOS_PER_SECOND) / 1e6,
                where);
    }

    private static long intoNothing(EmulatorOptions options) {
        long before = cpuNanos();
        new Emulator(options).run(events -> {});
        return cpuNanos() - before;
    }

    private static long intoFile(EmulatorOptions options, Path file) throws IOException {
        long before = cpuNanos();
        Emulator emulator = new Emulator(options);
        // The file begins with the complete run, and the same options give the same events again.
        Run run = emulator.run(events -> {}).run();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                RunFileWriter writer = new RunFileWriter(out, run, "bench")) {
            emulator.run(writer);
        }
        return cpuNanos() - before;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
