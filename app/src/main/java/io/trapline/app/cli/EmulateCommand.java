package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.Publication;
import io.trapline.producer.emulator.Bug;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.streams.totals.Analysis;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trapline emulate}: a guest under an emulated KVM, into the log or straight into a report. */
@Command(
        name = "emulate",
        description = "Runs a guest with AMX tasks under an emulated KVM and writes its events into the log.",
        footer = {
            "",
            "The same options give the same bytes, and the same run: ended in the middle, the same command goes on."
        },
        mixinStandardHelpOptions = true)
final class EmulateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ReportOptions report;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many events, about. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Option(
            names = "--amx-tasks",
            paramLabel = "N",
            defaultValue = "2",
            description = "Tasks that use AMX. Default: ${DEFAULT-VALUE}.")
    private int amxTasks;

    @Option(
            names = "--plain-tasks",
            paramLabel = "N",
            defaultValue = "2",
            description = "Tasks that do not. Default: ${DEFAULT-VALUE}.")
    private int plainTasks;

    @Option(
            names = "--bug",
            paramLabel = "BUG",
            description = "Plants a mistake into the hypervisor, under the guests and kernel that show it. May be"
                    + " repeated; see --list-bugs.")
    private final List<Bug> bugs = new ArrayList<>();

    @Option(names = "--list-bugs", description = "Lists the bugs, policy first, and ends.")
    private boolean listBugs;

    @Option(names = "--analyze", description = "Reports at once, without a broker, instead of writing into the log.")
    private boolean analyze;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (listBugs) {
            for (Bug bug : Bug.values()) {
                out.printf("%-4s %-27s %s%n", bug.policy(), bug, bug.sentence());
            }
            return ExitCode.FINE;
        }
        Emulator emulator = new Emulator(options());
        if (analyze) {
            return report.report(new LoopAnalysis(Analysis.LIVE).of(emulator).rows(), out);
        }
        publish(emulator, out);
        return ExitCode.FINE;
    }

    private void publish(Emulator emulator, PrintWriter out) {
        try (StopSequence stop = StopSequence.ofResumable(spec.commandLine().getErr());
                PublishBar bar = PublishBar.onTerminal("emulate")) {
            BrokerHandle broker = stop.add(cluster.open());
            new TopicSetup(broker).createMissing();
            PublishedRun.print(new Publication(broker).of(emulator, bar), out);
        }
    }

    private EmulatorOptions options() {
        try {
            // A bug is planted where it shows; of several, the first one says where.
            EmulatorOptions options =
                    bugs.isEmpty() ? EmulatorOptions.ofSeed(seed) : EmulatorOptions.showing(bugs.get(0), seed);
            return options.withTasks(amxTasks, plainTasks).withEvents(events).withBugs(bugs.toArray(Bug[]::new));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
