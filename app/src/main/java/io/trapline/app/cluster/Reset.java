package io.trapline.app.cluster;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.ClusterUnreachable;
import io.trapline.schemas.topic.Topic;
import io.trapline.schemas.topic.Topics;
import io.trapline.streams.topology.TopologyRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** Throws away what the topology made; emptying a topic is deleting it and creating it from the catalogue. */
public final class Reset {
    private static final List<Topic> LOG = List.of(Topics.TRACE, Topics.RUNS);

    private final BrokerHandle cluster;
    private final String application;
    private final Path stateDirectory;

    public Reset(BrokerHandle cluster, String analysis, Path dataDir) {
        this.cluster = cluster;
        this.application = TopologyRunner.applicationId(analysis);
        this.stateDirectory = dataDir.resolve("streams").resolve(application);
    }

    /** What {@link #apply} does, a line each. */
    public List<String> plan(boolean log) {
        try (Admin admin = admin()) {
            List<String> steps = new ArrayList<>();
            steps.add("delete the offsets of group " + application);
            internalTopics(admin).forEach(topic -> steps.add("delete topic " + topic));
            emptied(admin, log).forEach(topic -> steps.add("empty topic " + topic.name()));
            if (Files.exists(stateDirectory)) {
                steps.add("delete folder " + stateDirectory);
            }
            return steps;
        } catch (ExecutionException e) {
            throw ClusterAnswers.unexpected("listing topics", e);
        } catch (InterruptedException e) {
            throw ClusterAnswers.interrupted(e);
        }
    }

    /** Does it; refuses while a topology is running. */
    public void apply(boolean log) {
        forget(admin -> emptied(admin, log).stream().map(Topic::name).toList());
        new TopicSetup(cluster).createMissing();
    }

    /**
     * Throws away only how far the analysis has come: its next start folds the log anew and overwrites its own results. Those
     * of others stay. Refuses while a topology is running.
     */
    public void restart() {
        forget(admin -> List.of());
    }

    /** Names topics of a cluster. */
    private interface Doomed {
        List<String> in(Admin admin) throws InterruptedException, ExecutionException;
    }

    private void forget(Doomed others) {
        try (Admin admin = admin()) {
            deleteGroup(admin);
            List<String> doomed = new ArrayList<>(internalTopics(admin));
            doomed.addAll(others.in(admin));
            admin.deleteTopics(doomed).all().get();
            deleteFolder(stateDirectory);
        } catch (ExecutionException e) {
            throw ClusterAnswers.unexpected("the reset", e);
        } catch (InterruptedException e) {
            throw ClusterAnswers.interrupted(e);
        }
    }

    private void deleteGroup(Admin admin) throws InterruptedException, ExecutionException {
        try {
            admin.deleteConsumerGroups(List.of(application)).all().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                throw new ClusterUnreachable(
                        "The topology " + application + " is running: end it first, then reset.", e.getCause());
            }
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    private List<String> internalTopics(Admin admin) throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(application + "-")
                        && (name.endsWith("-changelog") || name.endsWith("-repartition")))
                .sorted()
                .toList();
    }

    private static List<Topic> emptied(Admin admin, boolean log) throws InterruptedException, ExecutionException {
        var present = admin.listTopics().names().get();
        return Topics.ALL.stream()
                .filter(topic -> present.contains(topic.name()))
                .filter(topic -> log || !LOG.contains(topic))
                .toList();
    }

    private static void deleteFolder(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + folder, e);
        }
    }

    private Admin admin() {
        return Admin.create(new HashMap<>(cluster.clientConfig()));
    }
}
