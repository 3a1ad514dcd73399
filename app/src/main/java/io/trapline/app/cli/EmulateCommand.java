package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.run.EmulatedFile;
import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.Publication;
import io.trapline.producer.emulator.Bug;
import io.trapline.producer.emulator.CostFile;
import io.trapline.producer.emulator.CostModel;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.emulator.Scenario;
import io.trapline.producer.scenario.BuiltInScenarios;
import io.trapline.producer.scenario.ScenarioFile;
import io.trapline.schemas.avro.Run;
import io.trapline.streams.profile.AnalysisInputs;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapline emulate}: guests under an emulated KVM, into the log, into a file, or straight into a report. */
@Command(
        name = "emulate",
        description = "Runs guests under an emulated KVM and writes their events into the log, or into a file.",
        footer = {
            "",
            "The same scenario, seed and options give the same bytes, and the same run:",
            "ended in the middle, the same command goes on.",
            "To write a scenario of your own, begin from one that is there:",
            "  trapline emulate --show amx-tasks > mine.yaml",
            "  trapline emulate mine.yaml --analyze"
        },
        mixinStandardHelpOptions = true)
final class EmulateCommand implements Callable<Integer> {
    private static final String TEXT_SUFFIX = ".txt";
    private static final long SEED = 1;

    /** How a file is written. */
    private enum FileForm {
        TRAPLINE,
        TRACE
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ReportOptions report;

    @Mixin
    private CostsOption costs;

    @Parameters(
            paramLabel = "SCENARIO",
            arity = "0..1",
            description = "One of --list-scenarios, or a YAML file. Default: amx-tasks, or what shows the --bug.")
    private String scenario;

    @Option(names = "--seed", paramLabel = "N", description = "Instead of the scenario's, which is 1 if it names none.")
    private Long seed;

    @Option(
            names = "--events",
            paramLabel = "N",
            description =
                    "How many events, about, instead of the scenario's limits; those are 20000 events if it names none.")
    private Long events;

    @Option(
            names = "--amx-tasks",
            paramLabel = "N",
            description = "Tasks that use AMX, of the scenario amx-tasks. Default: 2.")
    private Integer amxTasks;

    @Option(
            names = "--plain-tasks",
            paramLabel = "N",
            description = "Tasks that do not, of the scenario amx-tasks. Default: 2.")
    private Integer plainTasks;

    @Option(
            names = "--bug",
            paramLabel = "BUG",
            description = "Plants a mistake into the hypervisor, under the guests and kernel that show it. May be"
                    + " repeated; see --list-bugs.")
    private final List<Bug> bugs = new ArrayList<>();

    @Option(names = "--list-bugs", description = "Lists the bugs, policy first, and ends.")
    private boolean listBugs;

    @Option(names = "--list-scenarios", description = "Lists the scenarios that are there, and ends.")
    private boolean listScenarios;

    @Option(
            names = "--show",
            paramLabel = "NAME",
            description = "Prints the YAML of a scenario that is there, or the costs server-2000mhz, and ends.")
    private String show;

    @Option(names = "--analyze", description = "Reports at once, without a broker, instead of writing into the log.")
    private boolean analyze;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Writes a file instead, without a broker; - is standard output.")
    private String output;

    @Option(
            names = "--as",
            paramLabel = "FORM",
            description =
                    "Of the file: trapline, or trace, the text of the kernel. Default: trace where its name ends in .txt.")
    private FileForm format;

    @Option(names = "--force", description = "Overwrite a file that is there.")
    private boolean force;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (listBugs) {
            for (Bug bug : Bug.values()) {
                out.printf("%-4s %-27s %s%n", bug.policy(), bug, bug.sentence());
            }
            return ExitCode.FINE;
        }
        if (listScenarios) {
            for (String name : BuiltInScenarios.names()) {
                out.printf("%-20s %s%n", name, BuiltInScenarios.read(name).about());
            }
            return ExitCode.FINE;
        }
        if (show != null) {
            boolean ofCosts = show.equals(CostModel.SERVER.name());
            out.print(ofCosts ? CostFile.SERVER.text() : ScenarioArgument.text(show));
            return ExitCode.FINE;
        }
        return run(emulator(), out);
    }

    private int run(Emulator emulator, PrintWriter out) {
        if (analyze) {
            AnalysisInputs inputs = report.narrowed(AnalysisInputs.named(Analysis.LIVE));
            LoopAnalysis analysis = new LoopAnalysis(inputs, report.watched());
            return report.report(analysis.of(emulator).rows(), costs.costs(), out);
        }
        if (output != null) {
            write(emulator);
        } else if (format != null) {
            throw new ParameterException(spec.commandLine(), "--as is of a file: name it with -o.");
        } else {
            publish(emulator, out);
        }
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

    private void write(Emulator emulator) {
        ExportTarget target = ExportTarget.of(output, force);
        boolean text = format == null ? output.endsWith(TEXT_SUFFIX) : format == FileForm.TRACE;
        Run[] run = {null};
        target.write(file -> run[0] = text
                ? EmulatedFile.writeTrace(emulator, file)
                : EmulatedFile.writeRun(emulator, file, VersionFromManifest.toolAndVersion()));
        spec.commandLine().getErr().println(PublishedRun.written(run[0], target.place()));
    }

    private Emulator emulator() {
        try {
            if (scenario == null && !bugs.isEmpty()) {
                // A bug is planted where it shows; of several, the first one says where.
                return new Emulator(withTasks(changed(EmulatorOptions.showing(bugs.get(0), SEED))));
            }
            ScenarioFile read = ScenarioArgument.read(scenario == null ? Scenario.AMX_TASKS.title() : scenario);
            if (amxTasks == null && plainTasks == null) {
                return read.emulator(changed(read.options()));
            }
            if (!read.isAmxTasks()) {
                throw new IllegalArgumentException(
                        "--amx-tasks and --plain-tasks are of the scenario amx-tasks: the tasks of another are in its file");
            }
            return new Emulator(withTasks(changed(read.options())));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private EmulatorOptions changed(EmulatorOptions options) {
        EmulatorOptions seeded = seed == null ? options : options.withSeed(seed);
        EmulatorOptions limited = events == null ? seeded : seeded.withEvents(events);
        EmulatorOptions priced =
                costs.isNamed() ? limited.withCosts(costs.file().model()) : limited;
        return priced.withBugs(bugs.toArray(Bug[]::new));
    }

    private EmulatorOptions withTasks(EmulatorOptions options) {
        return options.withTasks(
                amxTasks == null ? options.amxTasks() : amxTasks,
                plainTasks == null ? options.plainTasks() : plainTasks);
    }
}
