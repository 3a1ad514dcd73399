package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.schemas.topic.Topic;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trapline topics}: the topic catalogue and what a cluster has of it. */
@Command(
        name = "topics",
        description = "Lists the topics of the catalogue and what the cluster has of them, or creates what is missing.",
        mixinStandardHelpOptions = true)
final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say 'topics list' or 'topics create'.");
    }

    @Command(
            name = "list",
            description = "Name, key, value, partitions here, cleanup, retention.",
            mixinStandardHelpOptions = true)
    void list(@Mixin ClusterOptions cluster) {
        PrintWriter out = spec.commandLine().getOut();
        try (BrokerHandle broker = cluster.open()) {
            out.printf(
                    "%-26s %10s  %-7s %-9s %-16s %s%n", "topic", "partitions", "cleanup", "retention", "value", "key");
            for (TopicSetup.Found found : new TopicSetup(broker).describe()) {
                Topic topic = found.topic();
                out.printf(
                        "%-26s %10s  %-7s %-9s %-16s %s%n",
                        topic.name(),
                        found.partitions() == 0 ? "missing" : found.partitions(),
                        topic.cleanup().setting(),
                        retention(topic),
                        topic.value(),
                        topic.key());
            }
        }
    }

    @Command(name = "create", description = "Creates the topics that are missing.", mixinStandardHelpOptions = true)
    void create(@Mixin ClusterOptions cluster) {
        PrintWriter out = spec.commandLine().getOut();
        try (BrokerHandle broker = cluster.open()) {
            List<Topic> created = new TopicSetup(broker).createMissing();
            created.forEach(topic -> out.println("created " + topic.name()));
            if (created.isEmpty()) {
                out.println("all topics are there");
            }
        }
    }

    private static String retention(Topic topic) {
        return topic.retentionMs() < 0 ? "for ever" : topic.retentionMs() / (24L * 60 * 60 * 1000) + " days";
    }
}
