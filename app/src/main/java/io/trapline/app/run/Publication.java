package io.trapline.app.run;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.publish.PublishProgress;
import io.trapline.producer.publish.RunLookup;
import io.trapline.producer.publish.RunPublisher;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import java.time.Duration;

/** Puts a run into the log of a cluster, unless it is there already. */
public final class Publication {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final BrokerHandle cluster;

    public Publication(BrokerHandle cluster) {
        this.cluster = cluster;
    }

    /**
     * What became of it. {@code wasThere}: the log had this run complete, nothing was written. {@code imported} null
     * where nothing was imported.
     */
    public record Result(Run run, boolean wasThere, Imported imported) {}

    /** Imports a recording. A run that a dead importer left open is written again under its id. */
    public Result of(RecordingFile recording, PublishProgress progress) throws UnreadableInput {
        Run stored = complete(recording.runId());
        if (stored != null) {
            return new Result(stored, true, null);
        }
        recording.checkWhole();
        try (RunPublisher publisher = open(recording.opened(), progress)) {
            Imported imported = recording.readWhole(publisher);
            return new Result(publisher.complete(imported.run()), false, imported);
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
}
