package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.report.ImportReport;
import io.trapline.app.run.Publication;
import io.trapline.app.run.RecordingFile;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapline import}: a recording into the log. */
@Command(
        name = "import",
        description = "Reads a recording into the log, or an exported run.",
        footer = {
            "",
            "Importing the same file again finds the run and does nothing; after an import that was ended in the middle",
            "it goes on. A pipe is read as it comes: trapline import /sys/kernel/tracing/trace_pipe, or - and a pipe.",
            "Ctrl-C ends the run of a pipe, which is then complete."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private TraceOptions trace;

    @Option(
            names = "--report",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "What was imported: in short, or trapline.import/1 for programs. Default: ${DEFAULT-VALUE}.")
    private OutputFormat report;

    @Parameters(
            paramLabel = "FILE",
            description = "The recording; - is standard input. A pipe is a new run every time.")
    private String file;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try (StopSequence stop =
                TraceInput.passes(file) ? StopSequence.alsoOnSignal() : StopSequence.ofResumable(err)) {
            RecordingFile recording = RecordingFile.at(file, System.currentTimeMillis(), trace.readOptions());
            if (recording.isLive()) {
                stop.instead(recording::stop);
            }
            BrokerHandle broker = stop.add(cluster.open());
            new TopicSetup(broker).createMissing();
            long begun = System.nanoTime();
            Publication.Result result;
            try (PublishBar bar = PublishBar.onTerminal("import")) {
                result = new Publication(broker).of(recording, bar);
            }
            print(result, System.nanoTime() - begun);
            return ExitCode.FINE;
        } catch (UnreadableInput e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage(), e);
        }
    }

    private void print(Publication.Result result, long nanos) {
        PrintWriter out = spec.commandLine().getOut();
        if (result.imported() != null) {
            ImportNotes.print(result.imported(), file, spec.commandLine().getErr());
        }
        switch (report) {
            case TEXT -> {
                PublishedRun.print(result, out);
                if (result.imported() != null) {
                    out.print(ImportReport.text(result.run(), result.imported().summary(), nanos));
                }
            }
            case JSON ->
                out.print(ImportReport.json(
                        result.run(),
                        result.imported() == null ? null : result.imported().summary()));
        }
        out.flush();
    }
}
