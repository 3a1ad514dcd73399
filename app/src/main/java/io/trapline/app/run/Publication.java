package io.trapline.app.run;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.publish.PublishProgress;
import io.trapline.producer.publish.RunLookup;
import io.trapline.producer.publish.RunPublisher;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunSource;
import io.trapline.schemas.avro.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Puts a run into the log of a cluster, unless it is there already. */
public final class Publication {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final String TOOL = "trapline";
    /** The format shows in the first lines, and these are read when the run is open. */
    private static final String FORMAT_NOT_KNOWN_YET = "unknown";

    private final BrokerHandle cluster;

    public Publication(BrokerHandle cluster) {
        this.cluster = cluster;
    }

    /**
     * What became of it. {@code wasThere}: the log had this run complete, nothing was written. {@code imported} null
     * where nothing was imported.
     */
    public record Result(Run run, boolean wasThere, RecordingSummary imported) {}

    /** Imports a recording. A run that a dead importer left open is written again under its id. */
    public Result of(RecordingFile recording, PublishProgress progress) throws UnreadableInput {
        Run stored = complete(recording.runId());
        if (stored != null) {
            return new Result(stored, true, null);
        }
        try (TraceInput input = recording.open();
                RunPublisher publisher = open(opened(recording, input), progress)) {
            RecordingSummary imported = new RecordingImporter(
                            recording.runId(), ReadOptions.NONE, RecordingImporter.CHUNK_EVENTS_MAX, publisher)
                    .run(input);
            return new Result(publisher.complete(imported.toRun(recording.runId())), false, imported);
        } catch (IOException e) {
            throw new UncheckedIOException(recording.location(), e);
        }
    }

    /** Runs the emulator into the log. */
    public Result of(Emulator emulator, PublishProgress progress) {
        Run open = emulator.open();
        Run stored = complete(open.getRun());
        if (stored != null) {
            return new Result(stored, true, null);
        }
        try (RunPublisher publisher = open(open, progress)) {
            return new Result(publisher.complete(emulator.run(publisher).run()), false, null);
        }
    }

    private Run complete(String run) {
        Run found = new RunLookup(cluster.clientConfig(), ANSWER_MAX, System::nanoTime).find(run);
        return found != null && found.getStatus() == RunStatus.COMPLETE ? found : null;
    }

    private RunPublisher open(Run run, PublishProgress progress) {
        return RunPublisher.open(cluster.clientConfig(), run, progress, System::nanoTime);
    }

    private static Run opened(RecordingFile recording, TraceInput input) {
        return RecordingSummary.opened(
                recording.runId(), new RunSource(input.name(), FORMAT_NOT_KNOWN_YET, "", TOOL, null, null));
    }
}
