package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.run.Publication;
import io.trapline.app.run.RecordingFile;
import io.trapline.producer.source.UnreadableInput;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapline import}: a recording into the log. */
@Command(
        name = "import",
        description = "Reads a recording into the log. Importing the same file again finds the run and does nothing.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "FILE", description = "The recording; - is standard input, which is a new run every time.")
    private String file;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try (StopSequence stop = StopSequence.alsoOnSignal()) {
            RecordingFile recording = RecordingFile.at(file, System.currentTimeMillis());
            BrokerHandle broker = stop.add(cluster.open());
            new TopicSetup(broker).createMissing();
            try (PublishBar bar = PublishBar.onTerminal("import")) {
                Publication.Result result = new Publication(broker).of(recording, bar);
                if (result.imported() != null) {
                    ImportNotes.print(result.imported(), file, err);
                }
                PublishedRun.print(result, spec.commandLine().getOut());
            }
            return ExitCode.FINE;
        } catch (UnreadableInput e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage(), e);
        }
    }
}
