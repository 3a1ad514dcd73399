package io.trapline.app.cluster;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.ClusterUnreachable;
import io.trapline.schemas.wire.UnknownSchemaException;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.topology.TopologyRunner;
import io.trapline.streams.topology.Tuning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.ApiException;

/** Starts the topology on a cluster and waits until it works. */
public final class TopologyStart {
    private static final Duration RUNNING_MAX = Duration.ofSeconds(60);

    /** Kafka's rebalance protocols for Streams. */
    public enum Protocol {
        STREAMS,
        CLASSIC
    }

    /** What the user chose; the state directory is below {@code dataDir}. */
    public record Choice(AnalysisInputs analysis, Tuning tuning, int threads, Protocol protocol, Path dataDir) {}

    private TopologyStart() {}

    /** A topology that is running; its topics must be there. */
    public static TopologyRunner on(BrokerHandle cluster, Choice choice) throws InterruptedException {
        TopologyRunner topology = begin(cluster, choice);
        awaitRunning(topology, cluster);
        return topology;
    }

    /** A topology that is starting: it takes seconds until it has its partitions, in which others can work. */
    public static TopologyRunner begin(BrokerHandle cluster, Choice choice) {
        Map<String, String> client = new HashMap<>();
        cluster.clientConfig().forEach((key, value) -> client.put(key, value.toString()));
        TopologyRunner topology = new TopologyRunner(new TopologyRunner.Settings(
                cluster.bootstrapServers(),
                choice.analysis(),
                new TopicSetup(cluster).tracePartitions(),
                choice.threads(),
                choice.tuning(),
                choice.protocol() == Protocol.STREAMS,
                choice.dataDir().resolve("streams"),
                client));
        topology.start();
        return topology;
    }

    /** Waits until a topology has its partitions; one that gets none within a minute is closed and refused. */
    public static void awaitRunning(TopologyRunner topology, BrokerHandle cluster) throws InterruptedException {
        if (!topology.awaitRunning(RUNNING_MAX)) {
            topology.close();
            checkSound(topology);
            throw new ClusterUnreachable(
                    "The topology got no partitions from " + cluster.bootstrapServers() + " within "
                            + RUNNING_MAX.toSeconds() + " s. Is another instance holding them, or the broker too old"
                            + " for --group-protocol streams?",
                    null);
        }
    }

    /** Throws what stopped the topology, if it was stopped by an error. */
    public static void checkSound(TopologyRunner topology) {
        topology.failure().ifPresent(error -> {
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                if (cause instanceof UnknownSchemaException) {
                    throw new ClusterUnreachable("The log has a record " + cause.getMessage(), error);
                }
                if (cause instanceof ApiException) {
                    throw new ClusterUnreachable(
                            "The cluster refused the topology: " + cause.getMessage()
                                    + " It goes on where it stopped when it is started again.",
                            error);
                }
            }
            throw new IllegalStateException("the topology stopped", error);
        });
    }
}
