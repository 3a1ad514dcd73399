package io.trapline.streams.totals;

import io.trapline.schemas.avro.SummaryRow;
import java.util.function.BiConsumer;

/** What the second stage remembers, by key; keys are those of {@code StreamKey.join}. A loop keeps it in memory. */
public interface RowStore {
    /** The row of a key, or null. */
    SummaryRow get(String key);

    void put(String key, SummaryRow row);

    void delete(String key);

    /** All rows whose key begins with the prefix, in ascending order of their keys; the store is not changed meanwhile. */
    void scan(String prefix, BiConsumer<String, SummaryRow> visitor);
}
