package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.cluster.TopologyStart;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.topology.TopologyRunner;
import io.trapline.streams.topology.Tuning;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trapline streams}: the topology, against any cluster, until Ctrl-C. */
@Command(
        name = "streams",
        description = "Runs the topology: replays every stream of the log and writes findings, costs and summaries.",
        mixinStandardHelpOptions = true)
final class StreamsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private AnalysisOption analysis;

    @Mixin
    private AnalysisInputOptions inputs;

    @Option(
            names = "--tune",
            paramLabel = "live|bulk",
            defaultValue = "live",
            description = "Latency or throughput. Default: ${DEFAULT-VALUE}.")
    private Tuning tuning;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Stream threads. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--group-protocol",
            paramLabel = "streams|classic",
            defaultValue = "streams",
            description = "Kafka's rebalance protocol; brokers before 4.2 need classic. Default: ${DEFAULT-VALUE}.")
    private TopologyStart.Protocol protocol;

    @Override
    public Integer call() throws InterruptedException {
        AnalysisInputs told = inputs.read();
        try (StopSequence stop = StopSequence.ofResumable(spec.commandLine().getErr())) {
            BrokerHandle broker = stop.add(cluster.open());
            new TopicSetup(broker).createMissing();
            // Added before it runs: Ctrl-C while it is starting ends it in order, too.
            TopologyRunner topology = stop.add(TopologyStart.begin(
                    broker,
                    new TopologyStart.Choice(analysis.id(), told, tuning, threads, protocol, cluster.dataDir())));
            TopologyStart.awaitRunning(topology, broker);
            spec.commandLine()
                    .getErr()
                    .println("The topology " + TopologyRunner.applicationId(analysis.id()) + " runs on "
                            + broker.description() + ". Ctrl-C ends it.");
            topology.onFailure(stop::release);
            stop.awaitSignal();
            TopologyStart.checkSound(topology);
            return ExitCode.FINE;
        }
    }
}
