package io.trapline.app.cli;

import io.trapline.app.report.CycleCosts;
import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.RecordingFile;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.totals.Analysis;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapline analyze}: a recording in, a report out, no broker. */
@Command(
        name = "analyze",
        description = "Reads a recording and reports exits, findings and verdicts. Needs no broker.",
        footer = {
            "",
            "Reads the text of the kernel's trace and trace_pipe, of trace-cmd report and of perf script, plain or packed",
            "with gzip, zstd or xz, and runs that trapline export wrote.",
            "To record: echo 1 > /sys/kernel/tracing/events/kvm/enable, the same for events/msr, then",
            "cat /sys/kernel/tracing/trace_pipe > trace.txt while the guest runs."
        },
        mixinStandardHelpOptions = true)
final class AnalyzeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TraceOptions trace;

    @Mixin
    private AnalysisInputOptions inputs;

    @Mixin
    private ReportOptions report;

    @Mixin
    private CostsOption costsOption;

    @Parameters(paramLabel = "FILE", description = "The recording; - is standard input.")
    private String file;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        CycleCosts costs = costsOption.costs();
        try {
            AnalysisInputs told = report.narrowed(inputs.of(Analysis.LIVE));
            RecordingFile recording = RecordingFile.at(file, 0, trace.readOptions());
            LoopAnalysis.Result result = new LoopAnalysis(told, report.watched()).of(recording);
            ImportNotes.print(result.imported(), file, err);
            return report.report(result.rows(), costs, spec.commandLine().getOut());
        } catch (UnreadableInput e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage(), e);
        }
    }
}
