package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.run.Imported;
import io.trapline.app.run.RecordingFile;
import io.trapline.app.run.RunEvents;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** A run that the user names, be it a recording or one of the log: a mixin. A file needs no broker. */
public final class RunInput {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private TraceOptions trace;

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "A recording, or an exported run, as analyze takes it; or the id of a run of the log.")
    private String run;

    private boolean noted;

    /** What is done with the events. They can be read again and again, but for what comes through a pipe. */
    interface Work<T> {
        T with(RunEvents events) throws UnreadableInput;
    }

    /** Whether the events can be read only once. */
    boolean passes() {
        try {
            return TraceInput.passes(run);
        } catch (UnreadableInput e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage(), e);
        }
    }

    String named() {
        return run;
    }

    <T> T use(Work<T> work) {
        try {
            return passes() || isFile() ? work.with(recording()) : useStored(work);
        } catch (UnreadableInput e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage(), e);
        }
    }

    private boolean isFile() {
        try {
            return Files.exists(Path.of(run));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private RunEvents recording() throws UnreadableInput {
        RecordingFile file = RecordingFile.at(run, 0, trace.readOptions());
        return sink -> {
            Imported imported = file.read(RecordingImporter.CHUNK_EVENTS_MAX, sink);
            note(imported);
            return imported.run();
        };
    }

    private void note(Imported imported) {
        if (!noted) {
            PrintWriter err = command.commandLine().getErr();
            ImportNotes.print(imported, run, err);
            noted = true;
        }
    }

    private <T> T useStored(Work<T> work) throws UnreadableInput {
        if (!cluster.mayHaveRuns()) {
            throw new CommandFailure(
                    ExitCode.INPUT_UNREADABLE,
                    "There is no file " + run + ", and no broker has run in " + cluster.dataDir()
                            + " that could have a run of this id: name a recording, or a cluster with"
                            + " --bootstrap-server or --data-dir.");
        }
        try (StopSequence stop = StopSequence.alsoOnSignal()) {
            BrokerHandle broker = stop.add(cluster.open());
            Run stored = FinishedRun.of(broker, run);
            return work.with(sink -> FinishedRun.read(broker, stored, sink));
        }
    }
}
