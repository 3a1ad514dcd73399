package io.trapline.streams.totals;

import io.trapline.schemas.avro.SummaryRow;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A store for loops and tests. */
public final class InMemoryRowStore implements RowStore {
    private final NavigableMap<String, SummaryRow> rows = new TreeMap<>();

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
        rows.remove(key);
    }

    @Override
    public void scan(String prefix, BiConsumer<String, SummaryRow> visitor) {
        rows.subMap(prefix, prefix + Character.MAX_VALUE).forEach(visitor);
    }
}
