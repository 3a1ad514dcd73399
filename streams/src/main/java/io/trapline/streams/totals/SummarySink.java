package io.trapline.streams.totals;

import io.trapline.schemas.avro.SummaryRow;

/** Where the rows of a finished run's summary go, with the key each has on the topic. */
public interface SummarySink {
    void row(String key, SummaryRow row);
}
