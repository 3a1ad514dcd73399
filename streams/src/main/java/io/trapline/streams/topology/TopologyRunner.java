package io.trapline.streams.topology;

import io.trapline.streams.profile.AnalysisInputs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** Starts the topology, waits for it, keeps the first error and ends it so that the next start is quick. */
public final class TopologyRunner implements AutoCloseable {
    private static final Duration CLOSE_MAX = Duration.ofSeconds(20);

    private final KafkaStreams streams;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final CompletableFuture<Void> running = new CompletableFuture<>();

    /**
     * What a topology needs to run. {@code client} are settings of Kafka clients ({@code --command-config}, {@code -X});
     * {@code streamsProtocol} chooses Kafka's newer rebalance protocol, which needs a broker of 4.2 or later.
     */
    public record Settings(
            String bootstrapServers,
            AnalysisInputs analysis,
            int tracePartitions,
            int threads,
            Tuning tuning,
            boolean streamsProtocol,
            Path stateDirectory,
            Map<String, String> client) {}

    public TopologyRunner(Settings settings) {
        Properties properties = properties(settings);
        streams = new KafkaStreams(
                new ReplayTopology(settings.analysis(), settings.tracePartitions(), settings.client()).build(),
                properties);
        streams.setUncaughtExceptionHandler(error -> {
            failure.complete(error);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.complete(null);
            }
        });
    }

    /** Id of the application at the cluster: its group, transactions and internal topics begin with it. */
    public static String applicationId(String analysis) {
        return "trapline-" + analysis;
    }

    public void start() {
        streams.start();
    }

    /** Waits until every partition is being worked on; false when the time is over. A failed start throws its cause. */
    public boolean awaitRunning(Duration max) throws InterruptedException {
        try {
            CompletableFuture.anyOf(running, failure).get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return !failure.isDone();
    }

    /** The error that stopped the topology, if one did. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.getNow(null));
    }

    /** Runs this once when an error stops the topology, on the thread that failed. */
    public void onFailure(Runnable listener) {
        var unused = failure.thenRun(listener);
    }

    @Override
    public void close() {
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_MAX));
    }

    private static Properties properties(Settings settings) {
        Properties properties = new Properties();
        properties.putAll(settings.client());
        properties.put(
                StreamsConfig.APPLICATION_ID_CONFIG,
                applicationId(settings.analysis().analysis()));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        if (settings.streamsProtocol()) {
            properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams");
        }
        settings.tuning().addTo(properties);
        return properties;
    }
}
