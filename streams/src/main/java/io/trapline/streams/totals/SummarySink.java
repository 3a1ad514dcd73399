package io.trapline.streams.totals;

import io.trapline.schemas.avro.SummaryRow;

/** Where the rows of a finished run's summary go, with the key each has on the topic. */
public interface SummarySink {
    /** {@code row} null: what was there under this key no longer holds. */
    void row(String key, SummaryRow row);
}
