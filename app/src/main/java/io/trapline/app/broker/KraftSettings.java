package io.trapline.app.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** How the embedded broker is configured, and why: one user, one machine, quick to start again after any end. */
final class KraftSettings {

    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final Map<String, String> SINGLE_COPY = Map.ofEntries(
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"));

    /**
     * After kill -9 a node waits for its own old registration, and groups wait for their dead members, for as long as these say.
     * The minima are lowered because the defaults forbid the values.
     */
    private static final Map<String, String> QUICK_RESTART = Map.ofEntries(
            Map.entry("broker.session.timeout.ms", "2000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            // A topology that was killed and lost its state comes back under another name: nothing fences the
            // transaction
            // that it left open, which ends after its 10 s, and is looked for every so often (10 s more by default).
            Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "1000"),
            Map.entry("group.consumer.session.timeout.ms", "6000"),
            Map.entry("group.consumer.min.session.timeout.ms", "6000"),
            Map.entry("group.consumer.heartbeat.interval.ms", "2000"),
            Map.entry("group.consumer.min.heartbeat.interval.ms", "2000"),
            Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
            // A member hears of its tasks with a heartbeat, and the first assignment waits for internal topics: seconds
            // at start.
            Map.entry("group.streams.session.timeout.ms", "6000"),
            Map.entry("group.streams.min.session.timeout.ms", "6000"),
            Map.entry("group.streams.heartbeat.interval.ms", "500"),
            Map.entry("group.streams.min.heartbeat.interval.ms", "500"),
            Map.entry("group.streams.assignment.interval.ms", "100"));

    /** One user on one machine: few threads, few internal partitions, a small cleaner buffer (the default is 128 MB of heap). */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("num.partitions", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("num.network.threads", "1"),
            Map.entry("num.io.threads", "2"),
            Map.entry("background.threads", "2"),
            Map.entry("num.recovery.threads.per.data.dir", "2"),
            Map.entry("group.coordinator.threads", "1"),
            Map.entry("log.cleaner.dedupe.buffer.size", "16777216"));

    private KraftSettings() {}

    static Properties of(int nodeId, Path logDir, String host, int brokerPort, int controllerPort) {
        Properties settings = new Properties();
        settings.put("log.dirs", logDir.toString());
        settings.putAll(roles(nodeId, host + ":" + controllerPort));
        settings.putAll(listeners("PLAINTEXT://" + host + ":" + brokerPort, host + ":" + controllerPort));
        settings.putAll(SINGLE_COPY);
        settings.putAll(QUICK_RESTART);
        settings.putAll(SMALL);
        return settings;
    }

    /** Static voters: with them, the controller's port may change at every start. */
    private static Map<String, String> roles(int nodeId, String controllerAddress) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                String.valueOf(nodeId),
                "controller.quorum.voters",
                nodeId + "@" + controllerAddress);
    }

    private static Map<String, String> listeners(String broker, String controllerAddress) {
        return Map.of(
                "listeners",
                broker + "," + CONTROLLER_LISTENER + "://" + controllerAddress,
                "advertised.listeners",
                broker,
                "inter.broker.listener.name",
                "PLAINTEXT",
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    }
}
