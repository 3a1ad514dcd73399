package io.trapline.streams.topology;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The two tunings. Streams buffers count records, not bytes, and a record is a chunk of up to 64 KiB, so the buffers are
 * small in both: 400 records fold as fast as 1,000 in a heap of 512 MB with the broker in it; with 200 and 100 the streams
 * rebalance protocol's consumer waited for the thread half of the time.
 */
public enum Tuning {
    /** A violation is readable as soon as can be. */
    LIVE(50, 0, 16 * 1024),
    /** As many events per second as can be. */
    BULK(1000, 20, 256 * 1024);

    private static final int MAX_POLL_RECORDS = 400;
    private static final int BUFFERED_RECORDS = 400;
    private static final int FETCH_BYTES = 4 * 1024 * 1024;

    private final int commitIntervalMs;
    private final int lingerMs;
    private final int batchBytes;

    Tuning(int commitIntervalMs, int lingerMs, int batchBytes) {
        this.commitIntervalMs = commitIntervalMs;
        this.lingerMs = lingerMs;
        this.batchBytes = batchBytes;
    }

    void addTo(Properties properties) {
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitIntervalMs);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), MAX_POLL_RECORDS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), FETCH_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), lingerMs);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), batchBytes);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    }
}
