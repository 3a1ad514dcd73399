package io.trapline.producer.publish;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.TraceChunk;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.Partitions;
import io.trapline.schemas.serde.SchemaRegistry;
import io.trapline.schemas.topic.Topics;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.KnownSchemas;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The sole right to write a run, and what the log has of it. Claiming fences whoever had the right before, alive or dead:
 * from then on nothing of the run changes but through this claim, until somebody else claims it.
 */
public final class RunClaim implements AutoCloseable {
    private final Map<String, ?> client;
    private final RunTransactions transactions;
    private final LogReader reader;
    private Run stored;

    private RunClaim(Map<String, ?> client, RunTransactions transactions, LongSupplier nanoTime) {
        this.client = client;
        this.transactions = transactions;
        reader = new LogReader(client, nanoTime);
    }

    /**
     * Claims a run, whether the log has it or not.
     *
     * @param client settings of Kafka clients, at least {@code bootstrap.servers}
     * @param nanoTime a clock that does not go back, for the age of transactions
     * @throws PublishException the cluster cannot be reached or has not our topics
     */
    public static RunClaim of(Map<String, ?> client, String run, LongSupplier nanoTime) {
        RunTransactions transactions = RunTransactions.fencing(client, run, nanoTime);
        RunClaim claim = new RunClaim(client, transactions, nanoTime);
        try {
            claim.stored = new RunLookup(client, LogReader.ANSWER_MAX, nanoTime).find(run);
            return claim;
        } catch (RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    /** The run's record as the log has it, or null where there is none. */
    public Run stored() {
        return stored;
    }

    /**
     * Begins to publish the run, or goes on where its last writer stopped.
     *
     * @param open what is known of the run now
     * @throws IllegalStateException the run has ended: there is nothing to go on with
     */
    public RunPublisher publish(Run open, PublishProgress progress) {
        SchemaRegistry registry = SchemaRegistry.of(client);
        if (stored == null) {
            return RunPublisher.anew(transactions, registry, open, reader.traceEnds(), progress);
        }
        requireOpen();
        return RunPublisher.goingOn(transactions, registry, stored, scan(StoredRun.NUMBERS_ONLY), progress);
    }

    /**
     * Ends an open run unfinished: its record becomes ABORTED and lists what is committed of it, so that readers make it
     * final. Returns the record as stored.
     */
    public Run abort() {
        requireOpen();
        UnfinishedRun unfinished = new UnfinishedRun(stored, decoder());
        Run aborted = unfinished.aborted(scan(unfinished));
        transactions.guarded(() -> {
            transactions.sendRun(aborted);
            transactions.commit();
        });
        stored = aborted;
        return aborted;
    }

    /**
     * Deletes the run from the log; {@link RunDeletion#sweep} then deletes what was made of it. A run that is not there has
     * only that. The claim is then that of a run that the log does not have.
     */
    public RunDeletion delete() {
        if (stored == null) {
            return RunDeletion.ofLeftovers(transactions, reader);
        }
        Map<StreamKey, Integer> streams = new TreeMap<>();
        if (stored.getStatus() == RunStatus.OPEN) {
            scan(StoredRun.NUMBERS_ONLY).forEach((stream, found) -> streams.put(stream, found.partition()));
        } else {
            int partitions = transactions.partitionsOf(Topics.TRACE.name());
            stored.getStreams().forEach(stream -> {
                StreamKey key = new StreamKey(stored.getRun(), stream.getVm(), stream.getVcpu());
                streams.put(key, Partitions.of(key.encode(), partitions));
            });
        }
        RunDeletion deletion = RunDeletion.of(transactions, reader, streams);
        stored = null;
        return deletion;
    }

    private Map<StreamKey, StoredStream> scan(StoredRun.ChunkVisitor visitor) {
        StoredRun run = new StoredRun(stored.getRun(), decoder(), visitor);
        reader.readTrace(
                stored.getStartOffsets(),
                record -> run.take(record.partition(), record.offset(), record.key(), record.value()));
        return run.streams();
    }

    private ChunkDecoder decoder() {
        return new ChunkDecoder(KnownSchemas.of(TraceChunk.getClassSchema(), SchemaRegistry.of(client)));
    }

    private void requireOpen() {
        if (stored == null || stored.getStatus() != RunStatus.OPEN) {
            throw new IllegalStateException("run " + transactions.run() + " is "
                    + (stored == null ? "not in the log" : stored.getStatus()) + ", not open");
        }
    }

    /** Lets the run go as it is; a transaction that is open is dropped. A publisher of this claim is closed, too. */
    @Override
    public void close() {
        transactions.close();
    }
}
