package io.trapline.app.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One combined KRaft broker and controller in this JVM: the only class that touches Kafka's internals (a test says so), because
 * Kafka offers no public way to run a broker in one's own process.
 */
final class KraftNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KraftNode.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int NODE_ID = 1;

    /** Between choosing a free port and binding it, another process may take it. */
    private static final int START_ATTEMPTS_MAX = 3;

    /** An orderly stop takes a second; with a broken disk Kafka would wait five minutes for its own controller. */
    private static final Duration STOP_MAX = Duration.ofSeconds(15);

    /** The nodes that a halt may concern: Kafka's exit hooks are static and do not say who calls. */
    private static final List<KraftNode> RUNNING = new CopyOnWriteArrayList<>();

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final String clusterId;
    private final Runnable onHalt;
    private final Thread starter = Thread.currentThread();
    private final AtomicBoolean halted = new AtomicBoolean();

    private KraftNode(KafkaRaftServer server, String bootstrapServers, String clusterId, Runnable onHalt) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.clusterId = clusterId;
        this.onHalt = onHalt;
    }

    /**
     * Starts a node on free loopback ports and returns when it serves clients.
     *
     * @param onHalt run once, on a thread of its own, when Kafka wants to end the JVM because its directory failed
     */
    static KraftNode start(Path logDir, Runnable onHalt) throws NotStarted {
        Exit.setHaltProcedure(KraftNode::haltRunning);
        Exit.setExitProcedure(KraftNode::haltRunning);
        Log4jStart.await();
        String clusterId = format(logDir);
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnFreePorts(logDir, clusterId, onHalt);
            } catch (Exception | Halt | InternalError e) {
                // InternalError: what a full disk does to a memory-mapped index.
                if (attempt == START_ATTEMPTS_MAX || !isBindFailure(e)) {
                    throw new NotStarted(e);
                }
                LOG.debug("A port was taken before the broker could bind it, choosing others", e);
            }
        }
    }

    private static KraftNode startOnFreePorts(Path logDir, String clusterId, Runnable onHalt) throws IOException {
        int brokerPort;
        int controllerPort;
        InetAddress loopback = InetAddress.getByName(LOOPBACK);
        // Both are held open together: else they could be the same.
        try (ServerSocket first = new ServerSocket(0, 1, loopback);
                ServerSocket second = new ServerSocket(0, 1, loopback)) {
            brokerPort = first.getLocalPort();
            controllerPort = second.getLocalPort();
        }
        Properties properties = KraftSettings.of(NODE_ID, logDir, LOOPBACK, brokerPort, controllerPort);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        KraftNode node = new KraftNode(server, LOOPBACK + ":" + brokerPort, clusterId, onHalt);
        boolean started = false;
        try {
            RUNNING.add(node);
            server.startup();
            started = true;
            return node;
        } finally {
            if (!started) {
                node.close();
            }
        }
    }

    private static boolean isBindFailure(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    /** Formats the directory the first time; gives the id of the cluster that lives in it. */
    private static String format(Path logDir) throws NotStarted {
        Path meta = logDir.resolve("meta.properties");
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            if (!Files.exists(meta)) {
                Files.createDirectories(logDir);
                new Formatter()
                        .setPrintStream(nowhere)
                        .setNodeId(NODE_ID)
                        .setClusterId(Uuid.randomUuid().toString())
                        .addDirectory(logDir.toString())
                        .setMetadataLogDirectory(logDir.toString())
                        .setControllerListenerName(KraftSettings.CONTROLLER_LISTENER)
                        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                        .setIgnoreFormatted(true)
                        .run();
            }
            Properties lines = new Properties();
            try (Reader reader = Files.newBufferedReader(meta)) {
                lines.load(reader);
            }
            return lines.getProperty("cluster.id", "");
        } catch (Exception e) {
            throw new NotStarted(e);
        }
    }

    /** What Kafka calls instead of ending the JVM. It counts on this not to return, so the caller's thread ends with an error. */
    private static void haltRunning(int status, String message) {
        for (KraftNode node : RUNNING) {
            // In the thread that starts the node, the error alone tells.
            if (Thread.currentThread() != node.starter && node.halted.compareAndSet(false, true)) {
                new Thread(node.onHalt, "trapline-broker-failed").start();
            }
        }
        throw new Halt(status, message);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    String clusterId() {
        return clusterId;
    }

    @Override
    public void close() {
        RUNNING.remove(this);
        Thread stopping = new Thread(this::stop, "trapline-broker-stop");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(STOP_MAX.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stopping.isAlive()) {
            LOG.warn("The embedded broker did not stop in {} s; the next start recovers its log", STOP_MAX.toSeconds());
        }
    }

    private void stop() {
        try {
            server.shutdown();
            server.awaitShutdown();
        } catch (RuntimeException | Halt e) {
            LOG.debug("The embedded broker stopped with an error", e);
        }
    }

    /** Ends the thread in which Kafka wanted to end the JVM. */
    private static final class Halt extends Error {

        private static final long serialVersionUID = 1L;

        Halt(int status, String message) {
            super(message == null ? "the broker halted with status " + status : message);
        }
    }

    /** Why there is no node. */
    static final class NotStarted extends Exception {

        private static final long serialVersionUID = 1L;

        NotStarted(Throwable cause) {
            super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
    }
}
