package io.trapline.app.cluster;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.schemas.topic.Topic;
import io.trapline.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of the catalogue that a cluster does not have yet, and says what is there. */
public final class TopicSetup {
    private final BrokerHandle cluster;

    public TopicSetup(BrokerHandle cluster) {
        this.cluster = cluster;
    }

    /** One topic as the catalogue wants it and as the cluster has it; {@code partitions} 0: it is missing. */
    public record Found(Topic topic, int partitions) {}

    /** Creates what is missing, with the cluster's default replication; returns what was created. */
    public List<Topic> createMissing() {
        try (Admin admin = admin()) {
            Set<String> present = admin.listTopics().names().get();
            List<Topic> missing = Topics.ALL.stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .toList();
            List<Topic> created = new ArrayList<>();
            for (Topic topic : missing) {
                if (create(admin, topic)) {
                    created.add(topic);
                }
            }
            return created;
        } catch (ExecutionException e) {
            throw ClusterAnswers.unexpected("creating topics", e);
        } catch (InterruptedException e) {
            throw ClusterAnswers.interrupted(e);
        }
    }

    /** Every topic of the catalogue with its real partition count. */
    public List<Found> describe() {
        try (Admin admin = admin()) {
            Set<String> present = admin.listTopics().names().get();
            List<String> ours = Topics.ALL.stream()
                    .map(Topic::name)
                    .filter(present::contains)
                    .toList();
            Map<String, TopicDescription> described =
                    admin.describeTopics(ours).allTopicNames().get();
            return Topics.ALL.stream()
                    .map(topic -> new Found(
                            topic,
                            described.containsKey(topic.name())
                                    ? described.get(topic.name()).partitions().size()
                                    : 0))
                    .toList();
        } catch (ExecutionException e) {
            throw ClusterAnswers.unexpected("describing topics", e);
        } catch (InterruptedException e) {
            throw ClusterAnswers.interrupted(e);
        }
    }

    /** Partitions that the trace topic really has. */
    public int tracePartitions() {
        return describe().stream()
                .filter(found -> found.topic() == Topics.TRACE)
                .findFirst()
                .orElseThrow()
                .partitions();
    }

    private Admin admin() {
        return Admin.create(new HashMap<>(cluster.clientConfig()));
    }

    private static boolean create(Admin admin, Topic topic) throws InterruptedException, ExecutionException {
        NewTopic wanted = new NewTopic(
                        topic.name(), java.util.Optional.of(topic.partitions()), java.util.Optional.empty())
                .configs(topic.settings());
        try {
            admin.createTopics(List.of(wanted)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false; // somebody else created it in the same moment
            }
            throw e;
        }
    }
}
