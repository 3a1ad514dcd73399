package io.trapline.app.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * What {@code broker.properties} says: where the embedded broker of a data directory listens, and which process runs it. The
 * cluster's id is there because after a crash both the pid and the port may belong to somebody else.
 */
record BrokerAddress(String bootstrapServers, long pid, String clusterId) {

    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    private static final String PID = "pid";
    private static final String CLUSTER_ID = "cluster.id";

    /** A live broker on loopback answers in milliseconds. One that is too busy is asked again, as it holds the lock. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    BrokerAddress {
        Objects.requireNonNull(bootstrapServers, BOOTSTRAP_SERVERS);
        Objects.requireNonNull(clusterId, CLUSTER_ID);
    }

    /** The address in the file; empty if there is no file or not one that we wrote. */
    static Optional<BrokerAddress> read(Path file) {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
            return Optional.of(new BrokerAddress(
                    lines.getProperty(BOOTSTRAP_SERVERS),
                    Long.parseLong(lines.getProperty(PID)),
                    lines.getProperty(CLUSTER_ID)));
        } catch (IOException | IllegalArgumentException | NullPointerException absentOrForeign) {
            return Optional.empty();
        }
    }

    /** Puts the file there in one piece: a reader sees all of it or nothing. */
    void write(Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(
                draft,
                "# The embedded broker that is alive in this directory. Written by Trapline, removed when it stops.\n"
                        + BOOTSTRAP_SERVERS + "=" + bootstrapServers + "\n"
                        + PID + "=" + pid + "\n"
                        + CLUSTER_ID + "=" + clusterId + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether this very broker is alive: after a kill the file stays behind, and pid and port may have new owners. */
    boolean answers() throws InterruptedException {
        boolean processLives = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        if (!processLives || !ClusterProbe.somethingListens(bootstrapServers)) {
            return false;
        }
        try {
            return ClusterProbe.clusterId(ClientConfig.of(bootstrapServers, Map.of()), ANSWER_MAX)
                    .equals(clusterId);
        } catch (ClusterProbe.NoAnswer notKafkaOrTooBusy) {
            return false;
        }
    }
}
