package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.Reset;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.cluster.TopologyStart;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.topology.TopologyRunner;
import io.trapline.streams.topology.Tuning;
import io.trapline.streams.totals.Analysis;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trapline streams}: the topology, against any cluster, until Ctrl-C. */
@Command(
        name = "streams",
        description = "Runs the topology: replays every stream of the log and writes findings, costs and summaries.",
        footer = {
            "",
            "A new --analysis folds the log anew from its beginning, beside the others: with --profile it judges the runs",
            "that are stored by the rules of other kernels. trapline runs show RUN --analysis ID shows what it says."
        },
        mixinStandardHelpOptions = true)
final class StreamsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private AnalysisOption analysis;

    @Mixin
    private AnalysisInputOptions options;

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

    @Option(
            names = "--from-beginning",
            description = "Throw away what this analysis has said so far and fold the whole log anew; the others stay.")
    private boolean fromBeginning;

    @Override
    public Integer call() throws InterruptedException {
        AnalysisInputs inputs = inputs();
        try (StopSequence stop = StopSequence.ofResumable(spec.commandLine().getErr())) {
            BrokerHandle broker = stop.add(cluster.open());
            if (fromBeginning) {
                new Reset(broker, analysis.id(), cluster.dataDir()).restart();
            }
            new TopicSetup(broker).createMissing();
            // Added before it runs: Ctrl-C while it is starting ends it in order, too.
            TopologyRunner topology = stop.add(TopologyStart.begin(
                    broker, new TopologyStart.Choice(inputs, tuning, threads, protocol, cluster.dataDir())));
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

    /** What an analysis has said of a run stays: under one name, runs would be judged by the different rules. */
    private AnalysisInputs inputs() {
        if (options.given() && analysis.id().equals(Analysis.LIVE)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--profile and --msr-filter judge all runs of the log in another way than " + Analysis.LIVE
                            + " does: name that way with --analysis ID, and ask 'runs show' for it.");
        }
        return options.of(analysis.id());
    }
}
