package io.trapline.app.cluster;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.serde.Partitions;
import io.trapline.schemas.topic.Topics;
import io.trapline.streams.fold.ExitWatcher;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.topology.RowKeys;
import io.trapline.streams.totals.Analysis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Driver 3 of the core: a run of the log again from its offsets, in another way. No topology hears of it. */
public final class StoredAnalysis {
    private final BrokerHandle cluster;
    private final AnalysisInputs inputs;
    private final ExitWatcher watcher;

    public StoredAnalysis(BrokerHandle cluster, AnalysisInputs inputs) {
        this(cluster, inputs, ExitWatcher.NONE);
    }

    /** The same, which tells the watcher of every exit. */
    public StoredAnalysis(BrokerHandle cluster, AnalysisInputs inputs, ExitWatcher watcher) {
        this.cluster = cluster;
        this.inputs = inputs;
        this.watcher = watcher;
    }

    /**
     * The rows of a finished run's summary.
     *
     * @throws IncompleteRun something of the run is missing in the log
     */
    public List<SummaryRow> of(Run run) throws IncompleteRun {
        return fold(run, new Analysis(inputs, watcher));
    }

    /** The same, and puts them beside those of other analyses: all of them, or none. */
    public List<SummaryRow> store(Run run) throws IncompleteRun {
        Analysis fold = new Analysis(inputs, watcher);
        List<SummaryRow> rows = fold(run, fold);
        try {
            write(run, fold.keys(), rows);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw ClusterAnswers.unexpected("writing the summary", e);
        }
        return rows;
    }

    private List<SummaryRow> fold(Run run, Analysis fold) throws IncompleteRun {
        new StoredRun(cluster, run).read(fold::accept);
        return fold.finish(run);
    }

    private void write(Run run, List<String> keys, List<SummaryRow> rows) {
        String topic = Topics.RUN_SUMMARY.name();
        Map<String, Object> settings = new HashMap<>(cluster.clientConfig());
        settings.remove(AvroSerde.REGISTRY_URL);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "trapline-" + inputs.analysis() + "-" + run.getRun());
        try (Serializer<SummaryRow> serializer =
                        AvroSerde.of(SummaryRow.class, cluster.clientConfig()).serializer();
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            int partition =
                    Partitions.of(run.getRun(), producer.partitionsFor(topic).size());
            for (int row = 0; row < rows.size(); row++) {
                String key = RowKeys.ofSummary(keys.get(row), inputs.analysis());
                var unused = producer.send(
                        new ProducerRecord<>(topic, partition, key, serializer.serialize(topic, rows.get(row))));
            }
            producer.commitTransaction();
        }
    }
}
