package io.trapline.streams.topology;

import io.trapline.schemas.avro.SummaryRow;

/** What the replay says: result rows, and records that it could not fold. */
sealed interface ReplayOutput {
    /** A result row; exactly one of its fields is set. */
    record Row(SummaryRow row) implements ReplayOutput {}

    /** The original bytes of a record; why and where from stands in the headers. */
    record DeadLetter(byte[] value) implements ReplayOutput {}
}
