package io.trapline.app.topology;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.producer.EventSink;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.serde.Partitions;
import io.trapline.schemas.topic.Topics;
import io.trapline.schemas.wire.ChunkEncoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes many runs into the log as badly as is allowed: chunks cut at random places, streams and runs interleaved at
 * random, run records before, between or after their chunks.
 */
final class LogWriter {
    private final Random random;
    private final int chunkMax;
    private final ChunkEncoder encoder = new ChunkEncoder();
    private final Map<StreamKey, Deque<byte[]>> chunks = new HashMap<>();
    private final List<Run> runs = new ArrayList<>();

    LogWriter(long seed, int chunkMax) {
        this.random = new Random(seed);
        this.chunkMax = chunkMax;
    }

    /** Takes the events of any stream. */
    EventSink sink() {
        return this::cut;
    }

    void describe(Run run) {
        runs.add(run);
    }

    private void cut(EventColumns events) {
        Deque<byte[]> of = chunks.computeIfAbsent(events.stream(), key -> new ArrayDeque<>());
        for (int from = 0; from < events.count(); ) {
            int to = Math.min(events.count(), from + 1 + random.nextInt(chunkMax));
            of.add(encoder.encode(events, from, to));
            from = to;
        }
    }

    /** Writes everything in a random order that keeps each stream's own. */
    void writeTo(BrokerHandle cluster) {
        Map<String, Object> settings = new HashMap<>(cluster.clientConfig());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        try (Producer<String, byte[]> producer =
                        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
                Serializer<Run> serializer = AvroSerde.of(Run.class, Map.of()).serializer()) {
            int partitions = producer.partitionsFor(Topics.TRACE.name()).size();
            List<StreamKey> open = new ArrayList<>(chunks.keySet());
            open.sort(null);
            List<Run> undescribed = new ArrayList<>(runs);
            while (!open.isEmpty() || !undescribed.isEmpty()) {
                int pick = random.nextInt(open.size() + undescribed.size());
                if (pick < open.size()) {
                    sendChunk(producer, open, pick, partitions);
                } else {
                    Run run = withPartitions(undescribed.remove(pick - open.size()), partitions);
                    byte[] value = serializer.serialize(Topics.RUNS.name(), run);
                    send(producer, new ProducerRecord<>(Topics.RUNS.name(), run.getRun(), value));
                }
            }
            producer.flush();
        }
    }

    private void sendChunk(Producer<String, byte[]> producer, List<StreamKey> open, int pick, int partitions) {
        StreamKey stream = open.get(pick);
        String key = stream.encode();
        byte[] chunk = chunks.get(stream).poll();
        send(producer, new ProducerRecord<>(Topics.TRACE.name(), Partitions.of(key, partitions), key, chunk));
        if (chunks.get(stream).isEmpty()) {
            open.remove(pick);
        }
    }

    private static void send(Producer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        var unused = producer.send(record, (metadata, error) -> {
            if (error != null) {
                throw new IllegalStateException("a record was not written", error);
            }
        });
    }

    private static Run withPartitions(Run run, int partitions) {
        List<RunStream> streams = run.getStreams().stream()
                .map(stream -> RunStream.newBuilder(stream)
                        .setPartition(Partitions.of(
                                new StreamKey(run.getRun(), stream.getVm(), stream.getVcpu()).encode(), partitions))
                        .build())
                .toList();
        return Run.newBuilder(run).setStreams(streams).build();
    }
}
