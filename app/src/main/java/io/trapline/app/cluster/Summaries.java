package io.trapline.app.cluster;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.topic.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;

/** The summaries of finished runs, row by row as the topology wrote them. */
public final class Summaries {
    private final BrokerHandle cluster;
    private final String analysis;

    public Summaries(BrokerHandle cluster, String analysis) {
        this.cluster = cluster;
        this.analysis = analysis;
    }

    /**
     * The rows of each of these runs that is final by the end of the topic. Waits for those that are not while {@code goOn}
     * says so; a run that is missing from the answer is not final.
     */
    public Map<String, List<SummaryRow>> await(Collection<String> runs, BooleanSupplier goOn) {
        Map<String, Map<String, SummaryRow>> rows = new HashMap<>();
        Set<String> waiting = new HashSet<>(runs);
        try (Deserializer<SummaryRow> deserializer =
                        AvroSerde.of(SummaryRow.class, cluster.clientConfig()).deserializer();
                CommittedReader reader = new CommittedReader(cluster, Topics.RUN_SUMMARY.name(), -1)) {
            while (!reader.atEnd() || !waiting.isEmpty() && goOn.getAsBoolean()) {
                reader.poll(record -> take(record, deserializer, runs, rows, waiting));
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw ClusterAnswers.unexpected("reading summaries", e);
        }
        Map<String, List<SummaryRow>> complete = new HashMap<>();
        rows.forEach((run, found) -> {
            if (!waiting.contains(run)) {
                complete.put(run, List.copyOf(found.values()));
            }
        });
        return complete;
    }

    private void take(
            ConsumerRecord<String, byte[]> record,
            Deserializer<SummaryRow> deserializer,
            Collection<String> wanted,
            Map<String, Map<String, SummaryRow>> rows,
            Set<String> waiting) {
        String run = StreamKey.split(record.key()).get(0);
        if (!wanted.contains(run)) {
            return; // another run's row in the same topic
        }
        Map<String, SummaryRow> ofRun = rows.computeIfAbsent(run, key -> new LinkedHashMap<>());
        // Taken out also when it comes again: the order is that of the latest records.
        SummaryRow before = ofRun.remove(record.key());
        if (record.value() == null) {
            if (before != null && before.getComplete() != null) {
                waiting.add(run);
            }
            return; // deleted
        }
        SummaryRow row = deserializer.deserialize(record.topic(), record.value());
        if (!row.getAnalysis().equals(analysis)) {
            return; // what another analysis says of it
        }
        ofRun.put(record.key(), row);
        if (row.getComplete() != null) {
            keepLast(ofRun, row.getComplete().getRows() + 1);
            waiting.remove(run);
        }
    }

    /** A summary stands together, its last row at the end; what stands before it was said of the run before a deletion. */
    private static void keepLast(Map<String, SummaryRow> rows, long count) {
        Iterator<String> oldest = rows.keySet().iterator();
        for (long stale = rows.size() - count; stale > 0; stale--) {
            oldest.next();
            oldest.remove();
        }
    }
}
