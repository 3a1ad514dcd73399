package io.trapline.app.broker;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The embedded broker of another Trapline process, alive in the same data directory. It ends with that process, and the next
 * one has another address: Kafka's clients would wait for it for a minute, a topology for ever.
 */
final class JoinedBroker implements BrokerHandle {

    private final BrokerAddress address;
    private final Map<String, Object> clientConfig;
    private final AtomicBoolean closed = new AtomicBoolean();

    private JoinedBroker(BrokerAddress address, Map<String, Object> clientConfig) {
        this.address = address;
        this.clientConfig = clientConfig;
    }

    /** Joins it; {@code onBrokerFailed} is told once, in a sentence, when the process that runs it ends before the handle is closed. */
    static JoinedBroker watching(
            BrokerAddress address, Map<String, String> clientSettings, Consumer<String> onBrokerFailed) {
        JoinedBroker joined = new JoinedBroker(address, ClientConfig.of(address.bootstrapServers(), clientSettings));
        if (address.pid() != ProcessHandle.current().pid()) {
            ProcessHandle.of(address.pid())
                    .ifPresentOrElse(
                            owner -> {
                                var unused = owner.onExit().thenRun(() -> joined.lost(onBrokerFailed));
                            },
                            () -> joined.lost(onBrokerFailed));
        }
        return joined;
    }

    private void lost(Consumer<String> onBrokerFailed) {
        if (closed.compareAndSet(false, true)) {
            onBrokerFailed.accept("The embedded broker ended with process " + address.pid()
                    + ", which ran it. Give the command again: it goes on with what is stored.");
        }
    }

    @Override
    public String bootstrapServers() {
        return address.bootstrapServers();
    }

    @Override
    public Map<String, Object> clientConfig() {
        return clientConfig;
    }

    @Override
    public String description() {
        return "embedded broker of process " + address.pid() + " at " + bootstrapServers();
    }

    /** The process that started it stops it. */
    @Override
    public void close() {
        closed.set(true);
    }
}
