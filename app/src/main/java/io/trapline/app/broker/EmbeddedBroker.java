package io.trapline.app.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker this process runs for itself, and for every command that joins it: loopback only, data kept in the data directory. */
final class EmbeddedBroker implements BrokerHandle {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final long BYTES_PER_MEBIBYTE = 1L << 20;

    private final DataDirectory data;
    private final DataDirectory.Lock lock;
    private final KraftNode node;
    private final Map<String, Object> clientConfig;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(
            DataDirectory data, DataDirectory.Lock lock, KraftNode node, Map<String, String> clientSettings) {
        this.data = data;
        this.lock = lock;
        this.node = node;
        this.clientConfig = ClientConfig.of(node.bootstrapServers(), clientSettings);
    }

    /** Starts it and tells others where it is. Takes over the lock: freed when this fails, else when the broker is closed. */
    static EmbeddedBroker start(
            DataDirectory data,
            DataDirectory.Lock lock,
            Map<String, String> clientSettings,
            Consumer<String> onBrokerFailed) {
        KraftNode node = null;
        try {
            // What is left here was written by a process that died: we hold the lock.
            Files.deleteIfExists(data.addressFile());
            node = KraftNode.start(data.brokerLogs(), () -> onBrokerFailed.accept(failure(data)));
            new BrokerAddress(node.bootstrapServers(), ProcessHandle.current().pid(), node.clusterId())
                    .write(data.addressFile());
            return new EmbeddedBroker(data, lock, node, clientSettings);
        } catch (KraftNode.NotStarted | IOException e) {
            if (node != null) {
                node.close();
            }
            lock.close();
            throw new ClusterUnreachable(
                    "The embedded broker did not start in " + data.path() + ": " + e.getMessage() + " ("
                            + freeSpace(data.path())
                            + "). Name another directory with --data-dir, or a running cluster with --bootstrap-server.",
                    e);
        }
    }

    private static String failure(DataDirectory data) {
        return "The embedded broker had to stop: " + data.brokerLogs() + " can no longer be written ("
                + freeSpace(data.path()) + "). Make room there and start again; what is stored stays.";
    }

    private static String freeSpace(Path path) {
        try {
            return Files.getFileStore(path).getUsableSpace() / BYTES_PER_MEBIBYTE + " MiB free";
        } catch (IOException e) {
            return "free space unknown";
        }
    }

    @Override
    public String bootstrapServers() {
        return node.bootstrapServers();
    }

    @Override
    public Map<String, Object> clientConfig() {
        return clientConfig;
    }

    @Override
    public String description() {
        return "embedded broker at " + bootstrapServers() + ", data in " + data.path();
    }

    /** Address first, lock last: nobody joins a broker that is going away, nobody starts one before it is gone. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            Files.deleteIfExists(data.addressFile());
        } catch (IOException e) {
            LOG.warn("{} stays behind; the next start ignores it", data.addressFile(), e);
        }
        node.close();
        lock.close();
    }
}
