package io.trapline.app.bench;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cluster.Summaries;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.cluster.TopologyStart;
import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.Publication;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.publish.PublishProgress;
import io.trapline.schemas.avro.Run;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.topology.TopologyRunner;
import io.trapline.streams.topology.Tuning;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Publishes emulated runs and folds them: once by the plain loop, once by the topology over the log of a broker in this
 * JVM. Prints events/s of wall time and CPU of the process, a line a round; the first rounds warm the JVM up.
 *
 * <p>Arguments: events per round (default 2,000,000), rounds (default 4), live or bulk (default bulk).
 */
public final class TopologyBench {
    private static final long ANSWER_MAX_NANOS = 600_000_000_000L;

    private TopologyBench() {}

    public static void main(String[] args) throws Exception {
        long events = args.length > 0 ? Long.parseLong(args[0]) : 2_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        Tuning tuning = args.length > 2 ? Tuning.valueOf(args[2].toUpperCase(java.util.Locale.ROOT)) : Tuning.BULK;
        Path dataDir = Files.createTempDirectory("trapline-bench");
        try (BrokerHandle broker = Brokers.joinOrStart(dataDir)) {
            new TopicSetup(broker).createMissing();
            for (int round = 0; round < rounds; round++) {
                Emulator emulator = new Emulator(EmulatorOptions.ofSeed(round).withEvents(events));
                measure("loop (emulate + fold)", events, () -> new LoopAnalysis("bench").of(emulator));
                Publication publication = new Publication(broker);
                Run[] run = new Run[1];
                measure(
                        "publish (emulate + encode + send)",
                        events,
                        () -> run[0] =
                                publication.of(emulator, PublishProgress.NONE).run());
                topology(broker, dataDir, tuning, events, run[0]);
            }
        }
        System.exit(0);
    }

    private interface Work {
        void run() throws Exception;
    }

    /** A topology that runs already, so that only its work on this run is measured, is not to be had: it starts anew. */
    private static void topology(BrokerHandle broker, Path dataDir, Tuning tuning, long events, Run run)
            throws Exception {
        try (TopologyRunner topology = TopologyStart.on(
                broker,
                new TopologyStart.Choice(
                        AnalysisInputs.named("bench"), tuning, 1, TopologyStart.Protocol.STREAMS, dataDir))) {
            measure("topology " + tuning, events, () -> {
                long deadline = System.nanoTime() + ANSWER_MAX_NANOS;
                new Summaries(broker, "bench")
                        .await(
                                List.of(run.getRun()),
                                () -> System.nanoTime() < deadline
                                        && topology.failure().isEmpty());
                TopologyStart.checkSound(topology);
            });
        }
    }

    private static void measure(String what, long events, Work work) throws Exception {
        long cpu = cpuNanos();
        long begun = System.nanoTime();
        work.run();
        double wall = (System.nanoTime() - begun) / 1e9;
        double used = (cpuNanos() - cpu) / 1e9;
        System.out.printf(
                "%-36s %,12.0f events/s  %6.1f ns/event of process CPU%n", what, events / wall, used * 1e9 / events);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
