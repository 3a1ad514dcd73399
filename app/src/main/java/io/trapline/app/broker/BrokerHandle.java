package io.trapline.app.broker;

import java.util.Map;

/**
 * A Kafka cluster that answered when it was asked, whoever runs it. The signature names no Kafka class, so that commands
 * can hold one without loading Kafka.
 */
public interface BrokerHandle extends AutoCloseable {

    /** Where clients connect, in the form of Kafka's {@code bootstrap.servers}. */
    String bootstrapServers();

    /** What every client of this cluster is configured with: {@code bootstrap.servers} and the user's own settings. */
    Map<String, Object> clientConfig();

    /** One phrase that says which cluster this is, for the progress lines on stderr. */
    String description();

    /** Lets the cluster go: stops the broker if this handle started it, else does nothing. May be called twice. */
    @Override
    void close();
}
