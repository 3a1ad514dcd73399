package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.RunControl;
import io.trapline.app.cluster.Runs;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapline runs close}: ends runs that nobody will go on with. */
@Command(
        name = "close",
        description = "Ends a run that is open as aborted, with the events that are in the log: the topology can then"
                + " report it.",
        footer = {
            "",
            "A writer that is still alive loses the run. Importing the same source again deletes the aborted run and"
                    + " begins anew."
        },
        mixinStandardHelpOptions = true)
final class RunsCloseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--all", description = "Every run that is open.")
    private boolean all;

    @Parameters(paramLabel = "RUN", arity = "0..*", description = "Ids of runs.")
    private final List<String> named = new ArrayList<>();

    @Override
    public Integer call() {
        if (named.isEmpty() != all) {
            throw new ParameterException(spec.commandLine(), "Name the runs to close, or say --all.");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (BrokerHandle broker = cluster.open()) {
            new TopicSetup(broker).createMissing();
            List<String> runs = all ? open(broker) : named;
            for (String run : runs) {
                close(broker, run, out);
            }
            if (runs.isEmpty()) {
                out.println("No run is open.");
            }
            return ExitCode.FINE;
        }
    }

    private static List<String> open(BrokerHandle broker) {
        return new Runs(broker)
                .all().values().stream()
                        .filter(run -> run.getStatus() == RunStatus.OPEN)
                        .map(Run::getRun)
                        .toList();
    }

    private void close(BrokerHandle broker, String id, PrintWriter out) {
        RunControl.Closed closed = new RunControl(broker).close(id);
        Run run = closed.run();
        if (run == null) {
            throw new ParameterException(spec.commandLine(), RunsCommand.unknown(broker, id));
        }
        String status = run.getStatus().toString().toLowerCase(Locale.ROOT);
        long events = run.getStreams().stream().mapToLong(RunStream::getEvents).sum();
        out.println(id + "  "
                + (closed.wasOpen()
                        ? status + ", " + events + " events in "
                                + run.getStreams().size() + " streams"
                        : "was " + status + " already"));
        out.flush();
    }
}
