package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.IncompleteRun;
import io.trapline.app.cluster.Runs;
import io.trapline.app.cluster.StoredRun;
import io.trapline.producer.EventSink;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;

/** A run of the log whose events are all there: what of it a command needs, or a sentence why it cannot have it. */
final class FinishedRun {
    private FinishedRun() {}

    /** The record of the run with this id. */
    static Run of(BrokerHandle broker, String id) {
        Run run = new Runs(broker).all().get(id);
        if (run == null) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, RunsCommand.unknown(broker, id));
        }
        if (run.getStatus() != RunStatus.COMPLETE && run.getStatus() != RunStatus.ABORTED) {
            throw new CommandFailure(
                    ExitCode.INPUT_UNREADABLE,
                    "Run " + id
                            + " is not finished: wait for its import, or import it again. If its writer died, close it"
                            + " with 'trapline runs close " + id + "'.");
        }
        return run;
    }

    /** Hands its events to the sink; returns the run. */
    static Run read(BrokerHandle broker, Run run, EventSink sink) {
        try {
            new StoredRun(broker, run).read(sink);
            return run;
        } catch (IncompleteRun e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage(), e);
        }
    }
}
