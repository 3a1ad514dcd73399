package io.trapline.app.cluster;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.schemas.topic.Topics;
import io.trapline.streams.topology.TopologyRunner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** How far the topologies of a cluster have read the log, whichever analyses they are. */
final class TopologyProgress {
    private final BrokerHandle cluster;

    TopologyProgress(BrokerHandle cluster) {
        this.cluster = cluster;
    }

    /** Topologies that have not read some place yet: those that run, and those that do not. */
    record Behind(List<String> running, List<String> stopped) {}

    /** Who has not read beyond these offsets of the trace topic's partitions. */
    Behind behind(Map<Integer, Long> offsets) {
        Behind behind = new Behind(new ArrayList<>(), new ArrayList<>());
        try (Admin admin = Admin.create(new HashMap<>(cluster.clientConfig()))) {
            for (GroupListing group : admin.listGroups().all().get()) {
                if (group.groupId().startsWith(TopologyRunner.applicationId(""))
                        && !hasRead(admin, group.groupId(), offsets)) {
                    (isRunning(group) ? behind.running : behind.stopped).add(group.groupId());
                }
            }
            return behind;
        } catch (ExecutionException e) {
            throw ClusterAnswers.unexpected("asking how far the topologies are", e);
        } catch (InterruptedException e) {
            throw ClusterAnswers.interrupted(e);
        }
    }

    private static boolean isRunning(GroupListing group) {
        GroupState state = group.groupState().orElse(GroupState.UNKNOWN);
        return state != GroupState.EMPTY && state != GroupState.DEAD;
    }

    private static boolean hasRead(Admin admin, String group, Map<Integer, Long> offsets)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.entrySet().stream().allMatch(place -> {
            OffsetAndMetadata at = committed.get(new TopicPartition(Topics.TRACE.name(), place.getKey()));
            return at != null && at.offset() > place.getValue();
        });
    }
}
