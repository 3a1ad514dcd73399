package io.trapline.streams.topology;

import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.StreamEndMark;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.serde.Partitions;
import io.trapline.schemas.serde.SchemaRegistry;
import io.trapline.schemas.topic.Topics;
import io.trapline.streams.profile.AnalysisInputs;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology, as a table of contents: chunks and the ends of streams into the replay, its rows to the result topics
 * and, by run, into the totals.
 */
public final class ReplayTopology {
    private final AnalysisInputs inputs;
    private final String analysis;
    private final int tracePartitions;
    private final Map<String, ?> settings;

    /**
     * {@code inputs} are of this way of folding the log; {@code tracePartitions} is the partition count of the trace topic;
     * {@code settings} may name a schema registry.
     */
    public ReplayTopology(AnalysisInputs inputs, int tracePartitions, Map<String, ?> settings) {
        this.inputs = inputs;
        analysis = inputs.analysis();
        this.tracePartitions = tracePartitions;
        this.settings = settings;
    }

    public Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, byte[]> trace = builder.stream(
                Topics.TRACE.name(),
                Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("trace"));
        KStream<String, Run> runs = builder.stream(
                Topics.RUNS.name(),
                Consumed.with(Serdes.String(), avro(Run.class)).withName("runs"));

        KStream<String, ReplayOutput> output = replay(builder, trace, streamEnds(runs));
        KStream<String, SummaryRow> rows = output.filter((key, out) -> out instanceof ReplayOutput.Row, name("rows"))
                .mapValues(out -> ((ReplayOutput.Row) out).row(), name("row"));
        deadLetters(output);
        results(rows);
        summaries(builder, rows, runs);
        return builder.build();
    }

    private KStream<String, StreamEndMark> streamEnds(KStream<String, Run> runs) {
        StreamPartitioner<String, StreamEndMark> besideItsChunks = (topic, key, mark, partitions) -> {
            boolean known = mark.getPartition() >= 0 && mark.getPartition() < partitions;
            return Optional.of(Set.of(known ? mark.getPartition() : Partitions.of(key, partitions)));
        };
        return runs.process(AnnounceStreamEnds::new, Named.as("announce-stream-ends"))
                .repartition(Repartitioned.with(Serdes.String(), avro(StreamEndMark.class))
                        .withName("stream-ends")
                        .withNumberOfPartitions(tracePartitions)
                        .withStreamPartitioner(besideItsChunks));
    }

    private KStream<String, ReplayOutput> replay(
            StreamsBuilder builder, KStream<String, byte[]> trace, KStream<String, StreamEndMark> ends) {
        builder.addStateStore(new VcpuStateStoreBuilder(ReplayProcessor.STORE, inputs));
        KStream<String, ReplayInput> chunks = trace.mapValues(ReplayInput.Chunk::new, name("chunk"));
        return chunks.merge(ends.mapValues(ReplayInput.End::new, name("end")), name("chunks-and-ends"))
                .process(
                        () -> new ReplayProcessor(analysis, SchemaRegistry.of(settings)),
                        name("replay"),
                        ReplayProcessor.STORE);
    }

    private static void deadLetters(KStream<String, ReplayOutput> output) {
        output.filter((key, out) -> out instanceof ReplayOutput.DeadLetter, name("dead"))
                .mapValues(out -> ((ReplayOutput.DeadLetter) out).value(), name("dead-bytes"))
                .to(
                        Topics.DEAD_LETTER.name(),
                        Produced.with(Serdes.String(), Serdes.ByteArray()).withName("dead-letter"));
    }

    private void results(KStream<String, SummaryRow> rows) {
        rows.filter((run, row) -> row.getFinding() != null, name("is-finding"))
                .mapValues(SummaryRow::getFinding, name("finding"))
                .selectKey((run, row) -> RowKeys.of(row), name("finding-key"))
                .to(Topics.VIOLATIONS.name(), byRun(FindingRow.class, "violations"));
        rows.filter((run, row) -> row.getVerdict() != null, name("is-verdict"))
                .mapValues(SummaryRow::getVerdict, name("verdict"))
                .selectKey((run, row) -> RowKeys.of(row), name("verdict-key"))
                .to(Topics.POLICY_VERDICTS.name(), byRun(PolicyVerdictRow.class, "policy-verdicts"));
        rows.filter((run, row) -> row.getExit() != null, name("is-exit"))
                .mapValues(SummaryRow::getExit, name("exit"))
                .selectKey((run, row) -> RowKeys.of(row), name("exit-key"))
                .to(Topics.EXIT_COSTS.name(), byRun(ExitCostRow.class, "exit-costs"));
        rows.filter((run, row) -> row.getWhatIf() != null, name("is-what-if"))
                .mapValues(SummaryRow::getWhatIf, name("what-if"))
                .selectKey((run, row) -> RowKeys.of(row), name("what-if-key"))
                .to(Topics.WHAT_IF.name(), byRun(WhatIfRow.class, "what-if-rows"));
    }

    private void summaries(StreamsBuilder builder, KStream<String, SummaryRow> rows, KStream<String, Run> runs) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(RunTotalsProcessor.STORE), Serdes.String(), avro(SummaryRow.class))
                .withLoggingEnabled(Map.of())
                .withCachingEnabled());
        // Merged only behind the repartition: before it, runs would belong to the replay's tasks, and each of those
        // would
        // wait for a partition of a topic that has only one.
        KStream<String, SummaryRow> descriptions = runs.filter((id, run) -> run != null, name("described-runs"))
                .mapValues(this::description, name("description"))
                .repartition(rowsBy("runs-by-run"));
        // A stream's own predictions are for its topic; the run's are computed anew from the tallies.
        rows.filterNot((run, row) -> isProvisional(row) || row.getWhatIf() != null, name("final-rows"))
                .repartition(rowsBy("rows-by-run"))
                .merge(descriptions, name("rows-and-runs"))
                .process(() -> new RunTotalsProcessor(inputs), name("run-totals"), RunTotalsProcessor.STORE)
                .to(Topics.RUN_SUMMARY.name(), byRun(SummaryRow.class, "run-summary"));
    }

    private Repartitioned<String, SummaryRow> rowsBy(String name) {
        return Repartitioned.with(Serdes.String(), avro(SummaryRow.class))
                .withName(name)
                .withNumberOfPartitions(tracePartitions);
    }

    private SummaryRow description(Run run) {
        return SummaryRow.newBuilder()
                .setAnalysis(analysis)
                .setRun(run.getRun())
                .setDescription(run)
                .build();
    }

    private static boolean isProvisional(SummaryRow row) {
        return row.getExit() != null && row.getExit().getProvisional()
                || row.getVerdict() != null && row.getVerdict().getProvisional()
                || row.getFinding() != null && row.getFinding().getProvisional();
    }

    /** All rows of a run go to one partition, so that a reader of a summary that sees its last row has all of them. */
    private <T extends SpecificRecordBase> Produced<String, T> byRun(Class<T> type, String name) {
        StreamPartitioner<String, T> partitioner = (topic, key, row, partitions) ->
                Optional.of(Set.of(Partitions.of(StreamKey.split(key).get(0), partitions)));
        return Produced.with(Serdes.String(), avro(type))
                .withStreamPartitioner(partitioner)
                .withName(name);
    }

    private <T extends SpecificRecordBase> Serde<T> avro(Class<T> type) {
        return AvroSerde.of(type, settings);
    }

    private static Named name(String name) {
        return Named.as(name);
    }
}
