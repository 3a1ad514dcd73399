package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.Runs;
import io.trapline.app.cluster.Summaries;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.avro.SummaryRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapline runs}: the runs of the log and what the topology said of them. */
@Command(
        name = "runs",
        description = "Lists the runs of the log, or shows the report of one.",
        mixinStandardHelpOptions = true)
final class RunsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say 'runs list' or 'runs show RUN'.");
    }

    @Command(
            name = "list",
            description = "One line a run: id, status, events, streams, source.",
            mixinStandardHelpOptions = true)
    void list(@Mixin ClusterOptions cluster) {
        PrintWriter out = spec.commandLine().getOut();
        try (BrokerHandle broker = cluster.open()) {
            new TopicSetup(broker).createMissing();
            for (Run run : new Runs(broker).all().values()) {
                long events = run.getStreams().stream()
                        .mapToLong(RunStream::getEvents)
                        .sum();
                out.printf(
                        "%-50s %-8s %10d events  %3d streams  %s%n",
                        run.getRun(),
                        run.getStatus().toString().toLowerCase(Locale.ROOT),
                        events,
                        run.getStreams().size(),
                        run.getSource().getFormat());
            }
        }
    }

    @Command(
            name = "show",
            description = "The report of a run that the topology has finished.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin ClusterOptions cluster,
            @Mixin ReportOptions report,
            @Mixin AnalysisOption analysis,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "0",
                            description = "Wait so long for the topology to finish it. Default: ${DEFAULT-VALUE}.")
                    int waitSeconds,
            @Parameters(paramLabel = "RUN", description = "Its id.") String run) {
        long deadlineNanos = System.nanoTime() + waitSeconds * 1_000_000_000L;
        try (BrokerHandle broker = cluster.open()) {
            new TopicSetup(broker).createMissing();
            List<SummaryRow> rows = new Summaries(broker, analysis.id())
                    .await(List.of(run), () -> System.nanoTime() < deadlineNanos)
                    .get(run);
            if (rows == null) {
                throw new CommandFailure(ExitCode.INPUT_UNREADABLE, missing(broker, run));
            }
            return report.report(rows, spec.commandLine().getOut());
        }
    }

    private static String missing(BrokerHandle broker, String run) {
        return new Runs(broker).all().containsKey(run)
                ? "Run " + run + " has no report yet: is 'trapline streams' running? Wait for it with --wait SECONDS."
                : "There is no run " + run + ": 'trapline runs list' names those that are there.";
    }
}
