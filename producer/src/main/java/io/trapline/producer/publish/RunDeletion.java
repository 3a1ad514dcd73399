package io.trapline.producer.publish;

import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.topic.Topic;
import io.trapline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Deletes a run, in two steps; each can be done again after a crash in it.
 *
 * <ol>
 *   <li>In one transaction: a record without a value for each stream into the trace topic, by which every reader of the log
 *       forgets the stream at the same place, and a tombstone for the run's record. Then the run is gone.
 *   <li>{@link #sweep}: tombstones for its rows in the results, in as many transactions as it takes. A topology that has
 *       not read so far yet may write more of them: then sweep again.
 * </ol>
 *
 * Who imports the run again meanwhile fences this, so that no row of the new run can be swept away.
 */
public final class RunDeletion {
    private static final List<Topic> RESULTS =
            List.of(Topics.VIOLATIONS, Topics.POLICY_VERDICTS, Topics.EXIT_COSTS, Topics.WHAT_IF, Topics.RUN_SUMMARY);

    private final RunTransactions transactions;
    private final LogReader reader;
    private final Map<Integer, Long> deletedAt = new HashMap<>();

    private RunDeletion(RunTransactions transactions, LogReader reader) {
        this.transactions = transactions;
        this.reader = reader;
    }

    /** Does the first step; {@code streams} of the run with their partitions. */
    static RunDeletion of(RunTransactions transactions, LogReader reader, Map<StreamKey, Integer> streams) {
        RunDeletion deletion = new RunDeletion(transactions, reader);
        transactions.guarded(() -> {
            streams.forEach((stream, partition) -> transactions.send(
                    new ProducerRecord<>(
                            Topics.TRACE.name(), partition, stream.encode().getBytes(StandardCharsets.UTF_8), null),
                    offset -> deletion.deleted(partition, offset)));
            transactions.sendRunTombstone();
            transactions.commit();
        });
        return deletion;
    }

    /** Sweeps what a deletion that was cut short, or a topology behind it, left of a run that the log does not have. */
    static RunDeletion ofLeftovers(RunTransactions transactions, LogReader reader) {
        return new RunDeletion(transactions, reader);
    }

    private synchronized void deleted(int partition, long offset) {
        deletedAt.merge(partition, offset, Math::max);
    }

    /** By partition of the trace topic, the last record that deletes a stream of the run. */
    public synchronized Map<Integer, Long> deletedAt() {
        return Map.copyOf(deletedAt);
    }

    /** Deletes the rows of the run that are in the result topics now, of all analyses. Returns how many there were. */
    public long sweep() {
        long rows = 0;
        for (Topic topic : RESULTS) {
            rows += sweep(topic.name());
        }
        return rows;
    }

    private long sweep(String topic) {
        Map<String, Integer> found = new HashMap<>();
        byte[] prefix = StreamKey.join(transactions.run(), "").getBytes(StandardCharsets.UTF_8);
        reader.read(topic, record -> {
            byte[] key = record.key();
            if (key != null
                    && key.length > prefix.length
                    && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
                String text = new String(key, StandardCharsets.UTF_8);
                if (record.value() == null) {
                    found.remove(text);
                } else {
                    found.put(text, record.partition());
                }
            }
        });
        transactions.guarded(() -> {
            found.forEach((key, partition) -> {
                transactions.send(new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), null));
                transactions.commitIfDue();
            });
            transactions.commit();
        });
        return found.size();
    }
}
