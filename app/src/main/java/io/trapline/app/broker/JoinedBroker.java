package io.trapline.app.broker;

import java.util.Map;

/** The embedded broker of another Trapline process, alive in the same data directory. */
record JoinedBroker(BrokerAddress address, Map<String, Object> clientConfig) implements BrokerHandle {

    @Override
    public String bootstrapServers() {
        return address.bootstrapServers();
    }

    @Override
    public String description() {
        return "embedded broker of process " + address.pid() + " at " + bootstrapServers();
    }

    @Override
    public void close() {
        // The process that started it stops it.
    }
}
