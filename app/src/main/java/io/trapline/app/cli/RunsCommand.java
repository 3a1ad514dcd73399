package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.Runs;
import io.trapline.app.cluster.Summaries;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.report.CycleCosts;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
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
        description = "Lists the runs of the log, shows the report of one, closes or deletes runs.",
        subcommands = {RunsCloseCommand.class, RunsDeleteCommand.class},
        mixinStandardHelpOptions = true)
final class RunsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say 'runs list', 'runs show RUN', 'runs close RUN' or 'runs delete RUN'.");
    }

    @Command(
            name = "list",
            description = "One line a run: id, status, events, streams, source.",
            footer = {
                "",
                "open      is being written, or its writer died: the same command goes on with it, 'runs close' ends it.",
                "complete  all of it is in the log.",
                "aborted   was closed unfinished."
            },
            mixinStandardHelpOptions = true)
    void list(@Mixin ClusterOptions cluster) {
        PrintWriter out = spec.commandLine().getOut();
        try (BrokerHandle broker = cluster.open()) {
            new TopicSetup(broker).createMissing();
            for (Run run : new Runs(broker).all().values()) {
                // How far an open run has come, only its chunks tell.
                boolean open = run.getStatus() == RunStatus.OPEN;
                long events = run.getStreams().stream()
                        .mapToLong(RunStream::getEvents)
                        .sum();
                out.printf(
                        "%-50s %-8s %10s events  %3s streams  %s%n",
                        run.getRun(),
                        run.getStatus().toString().toLowerCase(Locale.ROOT),
                        open ? "?" : events,
                        open ? "?" : run.getStreams().size(),
                        run.getSource().getFormat());
            }
        }
    }

    @Command(
            name = "show",
            description = "The report of a run that the topology has finished.",
            footer = {"", "--from, --to and --duration read the run's events again from the log."},
            mixinStandardHelpOptions = true)
    int show(
            @Mixin ClusterOptions cluster,
            @Mixin ReportOptions report,
            @Mixin CostsOption costsOption,
            @Mixin AnalysisOption analysis,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "0",
                            description = "Wait so long for the topology to finish it. Default: ${DEFAULT-VALUE}.")
                    int waitSeconds,
            @Parameters(paramLabel = "RUN", description = "Its id.") String run) {
        CycleCosts costs = costsOption.costs();
        long deadlineNanos = System.nanoTime() + waitSeconds * 1_000_000_000L;
        try (BrokerHandle broker = cluster.open()) {
            new TopicSetup(broker).createMissing();
            List<SummaryRow> rows = new Summaries(broker, analysis.id())
                    .await(List.of(run), () -> System.nanoTime() < deadlineNanos)
                    .get(run);
            if (rows == null) {
                throw new CommandFailure(ExitCode.INPUT_UNREADABLE, missing(broker, run));
            }
            return new StoredReport(broker, run)
                    .print(rows, report, costs, spec.commandLine().getOut());
        }
    }

    private static String missing(BrokerHandle broker, String run) {
        Run stored = new Runs(broker).all().get(run);
        if (stored == null) {
            return unknown(broker, run);
        }
        return stored.getStatus() == RunStatus.OPEN
                ? "Run " + run
                        + " is open: it is being written, or its writer died. The command that wrote it goes on with"
                        + " it when it is given again; 'trapline runs close " + run + "' ends it as it is."
                : "Run " + run + " has no report yet: is 'trapline streams' running? Wait for it with --wait SECONDS.";
    }

    /** What to say of an id that the log does not have. */
    static String unknown(BrokerHandle broker, String run) {
        List<String> near = new Runs(broker).near(run);
        return "There is no run " + run
                + (near.isEmpty()
                        ? ": 'trapline runs list' names those that are there."
                        : "; there is " + String.join(", ", near) + ".");
    }
}
