package io.trapline.app.broker;

import java.time.Duration;
import java.util.Map;

/** A cluster that others run, named with {@code --bootstrap-server}. */
record ExternalBroker(String bootstrapServers, Map<String, Object> clientConfig) implements BrokerHandle {

    /** Kafka's clients wait a minute and more for a broker that is not there; a person should not. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    static ExternalBroker connect(String bootstrapServers, Map<String, String> clientSettings, Duration answerMax) {
        Map<String, Object> clientConfig = ClientConfig.of(bootstrapServers, clientSettings);
        try {
            ClusterProbe.clusterId(clientConfig, answerMax);
        } catch (ClusterProbe.NoAnswer e) {
            throw unreachable(bootstrapServers, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(bootstrapServers, "interrupted while waiting", e);
        }
        return new ExternalBroker(bootstrapServers, clientConfig);
    }

    private static ClusterUnreachable unreachable(String bootstrapServers, String reason, Exception cause) {
        return new ClusterUnreachable(
                "No Kafka cluster can be used at " + bootstrapServers + ": " + reason
                        + ". Check --bootstrap-server and the client settings, or leave them out to use the embedded broker.",
                cause);
    }

    @Override
    public String description() {
        return "Kafka cluster at " + bootstrapServers;
    }

    @Override
    public void close() {
        // Not ours to stop.
    }
}
