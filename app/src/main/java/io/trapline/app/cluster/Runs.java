package io.trapline.app.cluster;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;

/** The runs of a cluster. */
public final class Runs {
    private static final int NEAR_MAX = 5;

    /** So long is waited for what is written and not committed: the transaction of a dead writer stays open for a minute. */
    private static final long PENDING_MAX_NANOS = 5_000_000_000L;

    private final BrokerHandle cluster;

    public Runs(BrokerHandle cluster) {
        this.cluster = cluster;
    }

    /** The newest record of every run, by id, also of one whose import has just ended; deleted runs are not in it. */
    public SortedMap<String, Run> all() {
        SortedMap<String, Run> runs = new TreeMap<>();
        try (Deserializer<Run> deserializer =
                        AvroSerde.of(Run.class, cluster.clientConfig()).deserializer();
                CommittedReader reader = new CommittedReader(cluster, Topics.RUNS.name(), -1)) {
            Map<TopicPartition, Long> written = WrittenEnds.of(cluster, reader.partitions());
            long begunNanos = System.nanoTime();
            while (!reader.atEnd() || !reader.isBehind(written) && System.nanoTime() - begunNanos < PENDING_MAX_NANOS) {
                reader.poll(record -> {
                    if (record.value() == null) {
                        runs.remove(record.key());
                    } else {
                        runs.put(record.key(), deserializer.deserialize(record.topic(), record.value()));
                    }
                });
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw ClusterAnswers.unexpected("reading the runs", e);
        }
        return runs;
    }

    /** Ids that somebody may have meant who wrote this one, at most a few. */
    public List<String> near(String written) {
        return all().keySet().stream()
                .filter(id -> id.contains(written) || written.contains(name(id)))
                .limit(NEAR_MAX)
                .toList();
    }

    /** An id without its digest. */
    private static String name(String id) {
        int dash = id.lastIndexOf('-');
        return dash < 1 ? id : id.substring(0, dash);
    }
}
