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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Opens what users name as runs: recordings, or runs of the log. A file needs no broker; all of the log share one. */
final class RunOpener {
    private final ClusterOptions cluster;
    private final TraceOptions trace;
    private final PrintWriter err;
    private final Set<String> noted = new HashSet<>();

    RunOpener(ClusterOptions cluster, TraceOptions trace, PrintWriter err) {
        this.cluster = cluster;
        this.trace = trace;
        this.err = err;
    }

    /** What is done with the events of all runs, in the order of their names. */
    interface Work<T> {
        T with(List<RunEvents> events) throws UnreadableInput;
    }

    /** Whether the events of this run can be read only once. */
    static boolean passes(String run) {
        try {
            return TraceInput.passes(run);
        } catch (UnreadableInput e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage(), e);
        }
    }

    <T> T use(List<String> runs, Work<T> work) {
        try {
            return runs.stream().allMatch(RunOpener::isRecording) ? work.with(recordings(runs)) : useStored(runs, work);
        } catch (UnreadableInput e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage(), e);
        }
    }

    private static boolean isRecording(String run) {
        try {
            return passes(run) || Files.exists(Path.of(run));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private List<RunEvents> recordings(List<String> runs) throws UnreadableInput {
        List<RunEvents> events = new ArrayList<>();
        for (String run : runs) {
            events.add(recording(run));
        }
        return events;
    }

    private RunEvents recording(String run) throws UnreadableInput {
        RecordingFile file = RecordingFile.at(run, 0, trace.readOptions());
        return sink -> {
            Imported imported = file.read(RecordingImporter.CHUNK_EVENTS_MAX, sink);
            if (noted.add(run)) {
                ImportNotes.print(imported, run, err);
            }
            return imported.run();
        };
    }

    private <T> T useStored(List<String> runs, Work<T> work) throws UnreadableInput {
        if (!cluster.mayHaveRuns()) {
            String missing =
                    runs.stream().filter(run -> !isRecording(run)).findFirst().orElseThrow();
            throw new CommandFailure(
                    ExitCode.INPUT_UNREADABLE,
                    "There is no file " + missing + ", and no broker has run in " + cluster.dataDir()
                            + " that could have a run of this id: name a recording, or a cluster with"
                            + " --bootstrap-server or --data-dir.");
        }
        try (StopSequence stop = StopSequence.alsoOnSignal()) {
            BrokerHandle broker = stop.add(cluster.open());
            List<RunEvents> events = new ArrayList<>();
            for (String run : runs) {
                events.add(isRecording(run) ? recording(run) : stored(broker, run));
            }
            return work.with(events);
        }
    }

    private static RunEvents stored(BrokerHandle broker, String id) {
        Run run = FinishedRun.of(broker, id);
        return sink -> FinishedRun.read(broker, run, sink);
    }
}
