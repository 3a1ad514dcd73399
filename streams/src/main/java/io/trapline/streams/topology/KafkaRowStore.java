package io.trapline.streams.topology;

import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.totals.RowStore;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The rows of runs in a store of Kafka Streams. */
final class KafkaRowStore implements RowStore {
    private final KeyValueStore<String, SummaryRow> rows;

    KafkaRowStore(KeyValueStore<String, SummaryRow> rows) {
        this.rows = rows;
    }

    @Override
    public SummaryRow get(String key) {
        return rows.get(key);
    }

    @Override
    public void put(String key, SummaryRow row) {
        rows.put(key, row);
    }

    @Override
    public void delete(String key) {
        rows.delete(key);
    }

    @Override
    public void scan(String prefix, BiConsumer<String, SummaryRow> visitor) {
        try (KeyValueIterator<String, SummaryRow> found = rows.prefixScan(prefix, new StringSerializer())) {
            while (found.hasNext()) {
                KeyValue<String, SummaryRow> next = found.next();
                visitor.accept(next.key, next.value);
            }
        }
    }
}
