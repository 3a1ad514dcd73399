package io.trapline.app.cluster;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.producer.publish.RunClaim;
import io.trapline.producer.publish.RunDeletion;
import io.trapline.producer.publish.RunTakenOver;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/** Closes and deletes runs. Both take the run from whoever is writing it. */
public final class RunControl {
    private static final long LOOK_EVERY_MILLIS = 100;

    private final BrokerHandle cluster;

    public RunControl(BrokerHandle cluster) {
        this.cluster = cluster;
    }

    /** What closing a run came to: its record now, null where there is none, and whether it was open before. */
    public record Closed(Run run, boolean wasOpen) {}

    /** Ends a run that is open with what is committed of it; others stay as they are. */
    public Closed close(String run) {
        try (RunClaim claim = claim(run)) {
            Run stored = claim.stored();
            boolean open = stored != null && stored.getStatus() == RunStatus.OPEN;
            return new Closed(open ? claim.abort() : stored, open);
        }
    }

    /**
     * What deleting a run came to. {@code wasThere}: the log had it. {@code rows} of results were deleted. These topologies
     * have not come to the deletion yet, and may write more: {@code running} ones soon, {@code stopped} ones when they run
     * again. {@code importedAgain}: by another process, before all old rows were deleted.
     */
    public record Deleted(
            boolean wasThere, long rows, List<String> running, List<String> stopped, boolean importedAgain) {}

    /** Deletes a run, and then waits so long for topologies that run to come to the deletion. */
    public Deleted delete(String run, Duration waitMax) {
        try (RunClaim claim = claim(run)) {
            boolean wasThere = claim.stored() != null;
            RunDeletion deletion = claim.delete();
            long rows = 0;
            TopologyProgress.Behind behind = new TopologyProgress.Behind(List.of(), List.of());
            try {
                rows += deletion.sweep();
                behind = awaitTopologies(deletion.deletedAt(), waitMax);
                rows += deletion.sweep();
            } catch (RunTakenOver e) {
                return new Deleted(wasThere, rows, behind.running(), behind.stopped(), true);
            }
            return new Deleted(wasThere, rows, behind.running(), behind.stopped(), false);
        }
    }

    private TopologyProgress.Behind awaitTopologies(Map<Integer, Long> deletedAt, Duration waitMax) {
        TopologyProgress progress = new TopologyProgress(cluster);
        long deadline = System.nanoTime() + waitMax.toNanos();
        TopologyProgress.Behind behind = progress.behind(deletedAt);
        while (!behind.running().isEmpty() && System.nanoTime() - deadline < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
            behind = progress.behind(deletedAt);
        }
        return behind;
    }

    private RunClaim claim(String run) {
        return RunClaim.of(cluster.clientConfig(), run, System::nanoTime);
    }
}
