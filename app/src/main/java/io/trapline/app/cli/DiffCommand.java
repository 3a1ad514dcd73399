package io.trapline.app.cli;

import io.trapline.app.diff.Comparison;
import io.trapline.app.diff.DiffFormat;
import io.trapline.app.diff.DiffReport;
import io.trapline.app.diff.Gate;
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

/** {@code trapline diff}: two runs, and what differs between them beyond noise. */
@Command(
        name = "diff",
        description =
                "Compares two runs, each a recording or a run of the log: which exits became dearer or cheaper, more"
                        + " or fewer, which are new or gone; which findings; and the first decision that the hypervisors took"
                        + " differently for the same thing that the guest did.",
        footer = {
            "",
            "Costs: the rank test of Mann and Whitney over blocks of neighbouring exits, and",
            "a mean that moved by 3 %% or more, with 50 exits on both sides. Numbers: exits",
            "per second that the guest ran, and a tenth more or less. All rows together err",
            "once in 100 comparisons of a thing with itself. Halts are no exit cost: only",
            "their number is compared.",
            "",
            "--fail-on takes, and may be repeated:",
            "  p99>+10%%        a figure of any exits that grew by more, beyond noise: mean,",
            "                  p50, p90, p99, max, time or samples (both per second that",
            "                  the guest ran)",
            "  p99[msr]>+10%%   the same, of exits with msr in their reason or detail",
            "  regression      anything dearer, more frequent or new",
            "  new-violation   a finding of the kernel that A does not have",
            "  divergence      a decision that differs"
        },
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private TraceOptions trace;

    @Mixin
    private AnalysisInputOptions inputs;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "The run to compare with: a recording, an exported run, or the id of a run of the log.")
    private String before;

    @Parameters(index = "1", paramLabel = "B", description = "The run to judge.")
    private String after;

    @Option(
            names = "--format",
            paramLabel = "text|json|junit",
            defaultValue = "text",
            description = "For people, trapline.diff/1 for programs, or test cases for CI. Default: ${DEFAULT-VALUE}.")
    private DiffFormat format;

    @Option(
            names = "--fail-on",
            paramLabel = "GATE",
            description = "Exit with 1 where this holds: see below. May be repeated. Default: nothing.")
    private final List<String> failOn = new ArrayList<>();

    @Option(names = "--per-vcpu", description = "Compare the exits of each vCPU for themselves.")
    private boolean perVcpu;

    @Override
    public Integer call() {
        List<Gate> gates = failOn.stream().map(this::gate).toList();
        for (String run : List.of(before, after)) {
            if (RunOpener.passes(run)) {
                throw new ParameterException(
                        spec.commandLine(),
                        run + " is empty or can be read only once, and diff reads twice: save it as a file.");
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        Comparison comparison = new RunOpener(cluster, trace, spec.commandLine().getErr())
                .use(
                        List.of(before, after),
                        runs -> Comparison.of(runs.get(0), runs.get(1), inputs.of(Analysis.LIVE), perVcpu));
        DiffReport report = new DiffReport(comparison, gates);
        out.print(report.write(format, System.console() != null));
        out.flush();
        return report.fails() ? ExitCode.FINDINGS : ExitCode.FINE;
    }

    private Gate gate(String text) {
        try {
            return Gate.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--fail-on " + text + ": " + e.getMessage(), e);
        }
    }
}
