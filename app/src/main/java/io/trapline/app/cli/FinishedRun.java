package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.IncompleteRun;
import io.trapline.app.cluster.Runs;
import io.trapline.app.cluster.StoredAnalysis;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.SummaryRow;
import java.util.List;

/** A run that the user named, which must be in the log from its first event to its last. */
final class FinishedRun {
    private FinishedRun() {}

    static Run named(BrokerHandle broker, String id) {
        new TopicSetup(broker).createMissing();
        Run run = new Runs(broker).all().get(id);
        if (run == null) {
            throw new CommandFailure(
                    ExitCode.INPUT_UNREADABLE,
                    "There is neither a file nor a run " + id
                            + ": 'trapline runs list' names the runs that are there.");
        }
        if (run.getStatus() != RunStatus.COMPLETE && run.getStatus() != RunStatus.ABORTED) {
            throw new CommandFailure(
                    ExitCode.INPUT_UNREADABLE,
                    "Run " + id + " is not finished: wait for its import, or close it with 'trapline runs close " + id
                            + "'.");
        }
        return run;
    }

    static List<SummaryRow> analyzed(BrokerHandle broker, String id, StoredAnalysis analysis) {
        try {
            return analysis.of(named(broker, id));
        } catch (IncompleteRun e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage(), e);
        }
    }
}
