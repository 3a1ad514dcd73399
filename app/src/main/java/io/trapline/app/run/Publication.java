package io.trapline.app.run;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.publish.PublishException;
import io.trapline.producer.publish.PublishProgress;
import io.trapline.producer.publish.RunClaim;
import io.trapline.producer.publish.RunPublisher;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;

/**
 * Puts a run into the log of a cluster, unless it is there already. Whatever ends it in the middle, doing the same again goes
 * on from there, and the log is then as if nothing had happened.
 */
public final class Publication {
    private final BrokerHandle cluster;

    public Publication(BrokerHandle cluster) {
        this.cluster = cluster;
    }

    /** What the log had of the run before. */
    public enum Before {
        NOTHING,
        /** A part, by a writer that died or was taken over; it was gone on with. */
        PART,
        /** A part that had been closed as it was; it was deleted, and the run begun anew. */
        CLOSED_PART,
        /** All of it; nothing was written. */
        ALL
    }

    /** What became of it. {@code imported} null where nothing was imported. */
    public record Result(Run run, Before before, Imported imported) {
        /** The log had this run complete, nothing was written. */
        public boolean wasThere() {
            return before == Before.ALL;
        }
    }

    /** Imports a recording. */
    public Result of(RecordingFile recording, PublishProgress progress) throws UnreadableInput {
        try (RunClaim claim = claim(recording.runId())) {
            Before before = prepare(claim);
            if (before == Before.ALL) {
                return new Result(claim.stored(), before, null);
            }
            recording.checkWhole();
            try (RunPublisher publisher = claim.publish(recording.opened(), progress)) {
                Imported imported = recording.readWhole(publisher);
                return new Result(publisher.complete(imported.run()), before, imported);
            }
        }
    }

    /** Runs the emulator into the log. */
    public Result of(Emulator emulator, PublishProgress progress) {
        Run open = emulator.open();
        try (RunClaim claim = claim(open.getRun())) {
            Before before = prepare(claim);
            if (before == Before.ALL) {
                return new Result(claim.stored(), before, null);
            }
            try (RunPublisher publisher = claim.publish(open, progress)) {
                return new Result(publisher.complete(emulator.run(publisher).run()), before, null);
            }
        }
    }

    private RunClaim claim(String run) {
        return RunClaim.of(cluster.clientConfig(), run, System::nanoTime);
    }

    /** Makes the run one that can be published, unless it is complete. */
    private static Before prepare(RunClaim claim) {
        Run stored = claim.stored();
        if (stored == null) {
            return Before.NOTHING;
        }
        return switch (stored.getStatus()) {
            case COMPLETE -> Before.ALL;
            case OPEN -> Before.PART;
            case ABORTED -> {
                claim.delete().sweep();
                yield Before.CLOSED_PART;
            }
            case UNKNOWN ->
                throw new PublishException("run " + stored.getRun() + " is in a state that this version does not know:"
                        + " use the version that wrote it, or a newer one");
        };
    }
}
