package io.trapline.app.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Finds the cluster for a command. */
public final class Brokers {

    /** Room for the other process to start: 2 to 3 s as a rule, 7 s after a crash, more on a busy machine. */
    private static final Duration JOIN_MAX = Duration.ofSeconds(30);

    private static final long JOIN_POLL_MILLIS = 100;

    private Brokers() {}

    /** A cluster that others run. Refuses with {@link ClusterUnreachable} if it does not answer within ten seconds. */
    public static BrokerHandle external(String bootstrapServers, Map<String, String> clientSettings) {
        return ExternalBroker.connect(bootstrapServers, clientSettings, ExternalBroker.ANSWER_MAX);
    }

    /** As {@link #joinOrStart(Path, Map, Consumer)}, with default client settings; a broker that fails is not told. */
    public static BrokerHandle joinOrStart(Path dataDir) {
        return joinOrStart(dataDir, Map.of(), sentence -> {});
    }

    /**
     * The broker that is alive in the data directory, else one started there in this process.
     *
     * @param onBrokerFailed told once, in a sentence, when the broker can not go on: started here, its disk is full; joined,
     *     the process that ran it has ended. Called on a thread of its own, which may end the process
     */
    public static BrokerHandle joinOrStart(
            Path dataDir, Map<String, String> clientSettings, Consumer<String> onBrokerFailed) {
        return joinOrStart(DataDirectory.prepare(dataDir), clientSettings, onBrokerFailed, JOIN_MAX);
    }

    /** Deletes the log and all else in a data directory, unless a process is using it. Nobody must need it again. */
    public static void clearUnlessInUse(Path dataDir) {
        DataDirectory data = DataDirectory.prepare(dataDir);
        Optional<DataDirectory.Lock> lock = data.tryLock();
        if (lock.isPresent()) {
            try (DataDirectory.Lock held = lock.get()) {
                data.clear(held);
            }
        }
    }

    static BrokerHandle joinOrStart(
            DataDirectory data, Map<String, String> clientSettings, Consumer<String> onBrokerFailed, Duration joinMax) {
        long deadlineNanos = System.nanoTime() + joinMax.toNanos();
        try {
            do {
                Optional<BrokerAddress> address = BrokerAddress.read(data.addressFile());
                if (address.isPresent() && address.get().answers()) {
                    return JoinedBroker.watching(address.get(), clientSettings, onBrokerFailed);
                }
                Optional<DataDirectory.Lock> lock = data.tryLock();
                if (lock.isPresent()) {
                    return EmbeddedBroker.start(data, lock.get(), clientSettings, onBrokerFailed);
                }
                // Another process holds the lock and no broker answers: it is starting or stopping.
                TimeUnit.MILLISECONDS.sleep(JOIN_POLL_MILLIS);
            } while (System.nanoTime() < deadlineNanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterUnreachable("Interrupted while waiting for the broker in " + data.path() + ".", e);
        }
        throw locked(data, joinMax);
    }

    private static ClusterUnreachable locked(DataDirectory data, Duration joinMax) {
        String holder = BrokerAddress.read(data.addressFile())
                .map(address -> "process " + address.pid())
                .orElse("another process");
        return new ClusterUnreachable(
                "The data directory " + data.path() + " is locked by " + holder
                        + ", but no broker answered there within " + joinMax.toSeconds()
                        + " s. Stop that process, or name another directory with --data-dir.",
                null);
    }
}
