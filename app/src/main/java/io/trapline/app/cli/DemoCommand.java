package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cluster.Summaries;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.cluster.TopologyStart;
import io.trapline.app.report.CycleCosts;
import io.trapline.app.report.TextReport;
import io.trapline.app.run.Publication;
import io.trapline.app.run.RecordingFile;
import io.trapline.app.run.RunDocument;
import io.trapline.app.thread.ThreadPage;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.publish.PublishProgress;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.topology.TopologyRunner;
import io.trapline.streams.topology.Tuning;
import io.trapline.streams.totals.Analysis;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trapline demo}: the whole way in one command. */
@Command(
        name = "demo",
        description = "Starts a broker, emulates a guest with AMX, imports a real recording, runs the topology over"
                + " both and prints the answers.",
        footer = {"", "Each demo begins with an empty log in a directory of its own, <data-dir>/demo."},
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String RECORDING = "q1-linux-guest-amx-1vcpu.txt.gz";
    private static final long SEED = 1;
    private static final long EVENTS = 200_000;
    private static final long ANSWER_MAX_NANOS = 120_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--exit", description = "End after the answers instead of staying up until Ctrl-C.")
    private boolean exit;

    @Override
    public Integer call() throws InterruptedException, UnreadableInput {
        try (StopSequence stop = StopSequence.alsoOnSignal()) {
            Path dataDir = cluster.dataDir().resolve("demo");
            Brokers.clearUnlessInUse(dataDir);
            say("starting the broker and the topology");
            BrokerHandle broker = stop.add(cluster.open(dataDir));
            new TopicSetup(broker).createMissing();
            TopologyRunner topology = stop.add(TopologyStart.begin(
                    broker,
                    new TopologyStart.Choice(
                            AnalysisInputs.named(Analysis.LIVE),
                            Tuning.LIVE,
                            1,
                            TopologyStart.Protocol.STREAMS,
                            dataDir)));
            List<Timed> runs = publish(broker);
            TopologyStart.awaitRunning(topology, broker);
            show(broker, topology, runs);
            if (!exit) {
                say("up on " + broker.description() + ". Ctrl-C ends it.");
                stop.awaitSignal();
            }
            return ExitCode.FINE;
        }
    }

    /** A run in the log, and how long it took to get there. */
    private record Timed(Run run, long begunNanos, long publishedNanos) {
        long events() {
            return run.getStreams().stream().mapToLong(RunStream::getEvents).sum();
        }
    }

    private List<Timed> publish(BrokerHandle broker) throws UnreadableInput {
        Publication publication = new Publication(broker);
        List<Timed> runs = new ArrayList<>();
        say("emulating a guest with AMX");
        long begun = System.nanoTime();
        Emulator emulator = new Emulator(EmulatorOptions.ofSeed(SEED).withEvents(EVENTS));
        Run emulated = publication.of(emulator, PublishProgress.NONE).run();
        runs.add(new Timed(emulated, begun, System.nanoTime()));
        say("importing a recording of Linux 6.1");
        begun = System.nanoTime();
        Run imported = publication
                .of(RecordingFile.bundled(RECORDING), PublishProgress.NONE)
                .run();
        runs.add(new Timed(imported, begun, System.nanoTime()));
        return runs;
    }

    private void show(BrokerHandle broker, TopologyRunner topology, List<Timed> runs) {
        PrintWriter out = spec.commandLine().getOut();
        long deadline = System.nanoTime() + ANSWER_MAX_NANOS;
        List<String> ids = runs.stream().map(timed -> timed.run().getRun()).toList();
        Map<String, List<SummaryRow>> found = new Summaries(broker, Analysis.LIVE)
                .await(
                        ids,
                        () -> System.nanoTime() < deadline && topology.failure().isEmpty());
        long answeredNanos = System.nanoTime();
        TopologyStart.checkSound(topology);
        for (Timed timed : runs) {
            List<SummaryRow> rows = found.get(timed.run().getRun());
            if (rows == null) {
                throw new CommandFailure(
                        ExitCode.DEFECT,
                        "The topology did not finish run " + timed.run().getRun() + " in two minutes.");
            }
            out.print(TextReport.write(RunDocument.of(rows), System.console() != null));
            out.printf(
                    "Through Kafka: %,d events published at %,.0f events/s; answers %.1f s after the first event.%n%n",
                    timed.events(),
                    timed.events() / seconds(timed.begunNanos(), timed.publishedNanos()),
                    seconds(timed.begunNanos(), answeredNanos));
        }
        out.print(ThreadPage.claims(SEED, CycleCosts.defaults()));
        out.println("\nAll of it: trapline thread.");
        out.flush();
    }

    private static double seconds(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) / 1e9;
    }

    private void say(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("trapline: " + sentence);
        err.flush();
    }
}
