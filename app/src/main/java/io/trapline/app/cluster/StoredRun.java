package io.trapline.app.cluster;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.ClusterUnreachable;
import io.trapline.producer.EventSink;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.serde.Partitions;
import io.trapline.schemas.serde.SchemaRegistry;
import io.trapline.schemas.topic.Topics;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.ForeignBytesException;
import io.trapline.schemas.wire.UnknownSchemaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The events of a finished run as they lie in the log: partition after partition, in the order of their offsets, so that
 * reading twice gives the same. What a stream repeats is left out.
 */
public final class StoredRun {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long SILENCE_MAX_NANOS = 60_000_000_000L;

    private final BrokerHandle cluster;
    private final Run run;
    private final ChunkDecoder decoder;
    private final EventColumns columns = new EventColumns();

    public StoredRun(BrokerHandle cluster, Run run) {
        this.cluster = cluster;
        this.run = run;
        decoder = new ChunkDecoder(SchemaRegistry.of(cluster.clientConfig()));
    }

    /**
     * Hands all events to the sink.
     *
     * @throws IncompleteRun something is missing in the log; the sink has what comes before it
     */
    public void read(EventSink sink) throws IncompleteRun {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            int partitions = consumer.partitionsFor(Topics.TRACE.name()).size();
            for (Map.Entry<Integer, List<StoredStream>> one :
                    byPartition(partitions).entrySet()) {
                TopicPartition partition = new TopicPartition(Topics.TRACE.name(), one.getKey());
                Map<String, StoredStream> streams = new HashMap<>();
                one.getValue().forEach(stream -> streams.put(stream.key(), stream));
                readPartition(consumer, partition, streams, sink);
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw ClusterAnswers.unexpected("reading the run's events", e);
        } catch (UnknownSchemaException e) {
            throw new IncompleteRun("Run " + run.getRun() + " cannot be read: a chunk was " + e.getMessage() + ".");
        }
    }

    private SortedMap<Integer, List<StoredStream>> byPartition(int partitions) {
        SortedMap<Integer, List<StoredStream>> found = new TreeMap<>();
        for (RunStream listed : run.getStreams()) {
            String key = new StreamKey(run.getRun(), listed.getVm(), listed.getVcpu()).encode();
            // A run that somebody else described may not say where its streams are.
            int partition = listed.getPartition() < 0 ? Partitions.of(key, partitions) : listed.getPartition();
            found.computeIfAbsent(partition, each -> new ArrayList<>()).add(new StoredStream(key, listed));
        }
        return found;
    }

    private void readPartition(
            KafkaConsumer<String, byte[]> consumer,
            TopicPartition partition,
            Map<String, StoredStream> streams,
            EventSink sink)
            throws IncompleteRun {
        consumer.assign(List.of(partition));
        long committed = consumer.endOffsets(List.of(partition)).get(partition);
        long end = WrittenEnds.of(cluster, List.of(partition)).get(partition);
        long last = Math.min(end - 1, lastOffset(streams, committed - 1));
        consumer.seek(partition, Math.min(end, firstOffset(streams)));
        long heardNanos = System.nanoTime();
        while (consumer.position(partition) <= last) {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                heardNanos = System.nanoTime();
            } else if (System.nanoTime() - heardNanos > SILENCE_MAX_NANOS) {
                throw new ClusterUnreachable(
                        "The cluster does not answer while " + partition + " is read: try again.", null);
            }
            for (ConsumerRecord<String, byte[]> record : records) {
                StoredStream stream = streams.get(record.key());
                if (stream != null && stream.holds(record.offset())) {
                    take(record, stream, sink);
                }
            }
        }
        for (StoredStream stream : streams.values()) {
            stream.checkWhole();
        }
    }

    private static long firstOffset(Map<String, StoredStream> streams) {
        return streams.values().stream()
                .mapToLong(StoredStream::firstOffset)
                .min()
                .orElseThrow();
    }

    private static long lastOffset(Map<String, StoredStream> streams, long whereUnknown) {
        return streams.values().stream()
                .mapToLong(stream -> stream.lastOffset() < 0 ? whereUnknown : stream.lastOffset())
                .max()
                .orElseThrow();
    }

    private void take(ConsumerRecord<String, byte[]> record, StoredStream stream, EventSink sink) throws IncompleteRun {
        if (record.value() == null) {
            stream.forgotten(record.offset());
            return;
        }
        try {
            decoder.decode(record.value(), columns);
        } catch (ForeignBytesException e) {
            return; // The topology buries it too; what it leaves open shows itself as a hole.
        }
        if (columns.stream().encode().equals(record.key())) {
            EventColumns fresh = stream.advance(columns);
            if (fresh != null) {
                sink.accept(fresh);
            }
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(cluster.clientConfig());
        settings.remove(AvroSerde.REGISTRY_URL);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
