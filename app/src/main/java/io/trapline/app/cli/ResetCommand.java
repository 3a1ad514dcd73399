package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.Reset;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trapline reset}: throws away what can be folded anew, or with {@code --log} the log itself. */
@Command(
        name = "reset",
        description = "Throws away the topology's state and results, so that its next start folds the log anew.",
        footer = {
            "",
            "What                                              without --log  with --log",
            "state: changelogs, repartition topics, offsets    deleted        deleted",
            "results: violations, costs, verdicts, summaries   emptied        emptied",
            "dead letters                                      emptied        emptied",
            "the log and its runs                              kept           emptied",
            "",
            "No topology may be running. Without --yes it only says what it would do."
        },
        mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private AnalysisOption analysis;

    @Option(names = "--log", description = "The log and its runs too: nothing is left.")
    private boolean log;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (BrokerHandle broker = cluster.open()) {
            Reset reset = new Reset(broker, analysis.id(), cluster.dataDir());
            List<String> steps = reset.plan(log);
            if (yes) {
                reset.apply(log);
                steps.forEach(step -> out.println("done: " + step));
            } else {
                steps.forEach(step -> out.println("would " + step));
                out.println("Nothing was changed: add --yes.");
            }
            return ExitCode.FINE;
        }
    }
}
