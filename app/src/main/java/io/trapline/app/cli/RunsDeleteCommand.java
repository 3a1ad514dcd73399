package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.RunControl;
import io.trapline.app.cluster.TopicSetup;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapline runs delete}: as if the run had never been; only its bytes stay until the topic's retention. */
@Command(
        name = "delete",
        description = "Deletes runs and all that the topology said of them. There is no way back but to import again.",
        footer = {
            "",
            "The bytes of the trace stay in the topic until its retention takes them; every reader of the log forgets"
                    + " them at the same place. A writer that is still alive loses the run."
        },
        mixinStandardHelpOptions = true)
final class RunsDeleteCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Wait so long for a topology that runs to come to the deletion. Default: ${DEFAULT-VALUE}.")
    private int waitSeconds;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Ids of runs.")
    private List<String> runs;

    @Override
    public Integer call() {
        try (BrokerHandle broker = cluster.open()) {
            new TopicSetup(broker).createMissing();
            for (String run : runs) {
                delete(broker, run);
            }
            return ExitCode.FINE;
        }
    }

    private void delete(BrokerHandle broker, String run) {
        RunControl.Deleted deleted = new RunControl(broker).delete(run, Duration.ofSeconds(waitSeconds));
        if (!deleted.wasThere() && deleted.rows() == 0) {
            throw new ParameterException(spec.commandLine(), RunsCommand.unknown(broker, run));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(run + "  " + (deleted.wasThere() ? "deleted" : "was deleted before") + ", and " + deleted.rows()
                + " rows of results");
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        if (deleted.importedAgain()) {
            err.println("trapline: run " + run + " is being imported again by another process; what is left of its old"
                    + " results is overwritten as the new ones come");
        }
        deleted.running()
                .forEach(topology -> err.println("trapline: the topology " + topology
                        + " has not come to the deletion yet and may still write rows of run " + run
                        + ": delete it again later"));
        deleted.stopped()
                .forEach(topology -> err.println("trapline: the topology " + topology
                        + " is not running and has not read the deletion; if it had not read all of run " + run
                        + " either, it writes rows of it when it starts: delete it again then"));
    }
}
