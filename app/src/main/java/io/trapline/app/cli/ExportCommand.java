package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.producer.file.RunFileWriter;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapline export}: a run of the log into a file. */
@Command(
        name = "export",
        description = "Writes a finished run into a .trapline file: its record and all its events.",
        footer = {
            "",
            "The file is an Avro object container that analyze, import and any Avro tool can read. The run",
            "keeps its id: analyze says of the file what it says of the recording."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; - is standard output. Default: RUN.trapline in the current folder.")
    private String output;

    @Option(names = "--force", description = "Overwrite a file that is there.")
    private boolean force;

    @Parameters(paramLabel = "RUN", description = "Its id; 'trapline runs list' shows them.")
    private String id;

    @Override
    public Integer call() {
        ExportTarget target = ExportTarget.of(output == null ? fileName(id) : output, force);
        try (StopSequence stop = StopSequence.alsoOnSignal()) {
            BrokerHandle broker = stop.add(cluster.open());
            new TopicSetup(broker).createMissing();
            Run run = FinishedRun.of(broker, id);
            try (PublishBar bar = PublishBar.onTerminal("export")) {
                target.write(out -> copy(broker, run, bar, out));
            }
            say(run, target.place());
            return ExitCode.FINE;
        }
    }

    private static void copy(BrokerHandle broker, Run run, PublishBar bar, OutputStream out) throws IOException {
        long[] events = {0};
        try (RunFileWriter file = new RunFileWriter(out, run, VersionFromManifest.toolAndVersion())) {
            FinishedRun.read(broker, run, chunk -> {
                file.accept(chunk);
                events[0] += chunk.count();
                bar.sent(events[0], 0);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void say(Run run, String place) {
        long events = run.getStreams().stream().mapToLong(RunStream::getEvents).sum();
        spec.commandLine()
                .getErr()
                .println("trapline: " + run.getRun() + " is in " + place + ", " + events + " events in "
                        + run.getStreams().size() + " streams");
    }

    /** A run's id may hold what a file's name must not. */
    private static String fileName(String run) {
        return run.replaceAll("[/\\\\:\\p{Cntrl}]", "_") + ".trapline";
    }
}
