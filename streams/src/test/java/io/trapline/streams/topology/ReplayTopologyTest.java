package io.trapline.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.HotSpotsRow;
import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.topic.Topics;
import io.trapline.schemas.wire.ChunkEncoder;
import io.trapline.schemas.wire.UnknownSchemaException;
import io.trapline.streams.RandomTrace;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.totals.Analysis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayTopologyTest {
    private static final StreamKey STREAM = new StreamKey("run", "vm", 0);

    private final ChunkEncoder encoder = new ChunkEncoder();
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> trace;
    private TestInputTopic<String, Run> runs;
    private TestOutputTopic<String, SummaryRow> summary;
    private TestOutputTopic<String, byte[]> deadLetter;

    @BeforeEach
    void start() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        driver =
                new TopologyTestDriver(new ReplayTopology(AnalysisInputs.named("live"), 1, Map.of()).build(), settings);
        trace = driver.createInputTopic(Topics.TRACE.name(), new StringSerializer(), new ByteArraySerializer());
        runs = driver.createInputTopic(
                Topics.RUNS.name(),
                new StringSerializer(),
                AvroSerde.of(Run.class, Map.of()).serializer());
        summary = output(Topics.RUN_SUMMARY.name(), SummaryRow.class);
        deadLetter = driver.createOutputTopic(
                Topics.DEAD_LETTER.name(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void end() {
        driver.close();
    }

    @Test
    void rowsAreThoseOfThePlainLoopHoweverChunksAreCut() {
        for (long seed = 0; seed < 30; seed++) {
            StreamKey stream = new StreamKey("run-" + seed, "vm", 0);
            EventColumns events = writable(RandomTrace.of(seed, stream));
            Random random = new Random(seed);
            for (int from = 0; from < events.count(); ) {
                int to = Math.min(events.count(), from + 1 + random.nextInt(40));
                trace.pipeInput(stream.encode(), encoder.encode(events, from, to));
                from = to;
            }
            Run run = runOf(stream, events);
            runs.pipeInput(run.getRun(), run);
            assertThat(summaryRows()).as("seed %d", seed).isEqualTo(loopRows(run, events));
        }
    }

    @Test
    void aStreamEndsWhetherItsEndIsKnownBeforeOrAfterItsLastChunk() {
        EventColumns events = script().events();
        Run run = runOf(STREAM, events);
        runs.pipeInput("run", run);
        assertThat(summaryRows()).isEmpty();
        trace.pipeInput(STREAM.encode(), encoder.encode(events));
        assertThat(summaryRows()).isEqualTo(loopRows(run, events));
    }

    @Test
    void anOpenRunHasNoSummary() {
        EventColumns events = script().events();
        Run run = runOf(STREAM, events);
        run.setStatus(RunStatus.OPEN);
        trace.pipeInput(STREAM.encode(), encoder.encode(events));
        runs.pipeInput("run", run);
        assertThat(summaryRows()).isEmpty();
    }

    @Test
    void aFindingIsOnItsTopicAtOnce() {
        TraceScript script = new TraceScript()
                .exit("MSR_WRITE")
                .w(0x1c4, TraceScript.XTILE)
                .g(0x1c4, TraceScript.XTILE)
                .entry()
                .exit("EPT_VIOLATION")
                .other("kvm_page_fault", false)
                .entry();
        trace.pipeInput(STREAM.encode(), encoder.encode(script.events()));
        List<TestRecord<String, FindingRow>> found =
                output(Topics.VIOLATIONS.name(), FindingRow.class).readRecordsToList();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).value().getPolicy()).isEqualTo("P8");
        assertThat(found.get(0).key()).isEqualTo("run/" + found.get(0).value().getId() + "/live");
    }

    @Test
    void openWindowsAreShownAsProvisionalRowsAndCountInNoTotal() {
        EventColumns events = script().events();
        trace.pipeInput(STREAM.encode(), encoder.encode(events));
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        List<ExitCostRow> costs =
                output(Topics.EXIT_COSTS.name(), ExitCostRow.class).readValuesToList();
        assertThat(costs).isNotEmpty().allMatch(ExitCostRow::getProvisional);
        assertThat(output(Topics.POLICY_VERDICTS.name(), PolicyVerdictRow.class).readValuesToList())
                .isNotEmpty()
                .allMatch(PolicyVerdictRow::getProvisional);
        Run run = runOf(STREAM, events);
        runs.pipeInput("run", run);
        assertThat(summaryRows()).isEqualTo(loopRows(run, events));
    }

    @Test
    void foreignBytesAreDeadLettersWithReasonAndPosition() {
        trace.pipeInput("run/vm/0", "no chunk".getBytes(StandardCharsets.UTF_8));
        trace.pipeInput("another/vm/0", encoder.encode(script().events()));
        List<TestRecord<String, byte[]>> dead = deadLetter.readRecordsToList();
        assertThat(dead).hasSize(2);
        assertThat(header(dead.get(0), "trapline.reason")).contains("neither single-object encoding");
        assertThat(header(dead.get(0), "trapline.from")).isEqualTo("trapline.trace-0@0");
        assertThat(new String(dead.get(0).value(), StandardCharsets.UTF_8)).isEqualTo("no chunk");
        assertThat(header(dead.get(1), "trapline.reason")).contains("the key is not");
    }

    @Test
    void aChunkThatComesAfterItsPlaceWasGivenUpIsADeadLetterAndTheRunSaysSo() {
        EventColumns events = script().events();
        trace.pipeInput(STREAM.encode(), encoder.encode(events, 0, 2));
        trace.pipeInput(STREAM.encode(), encoder.encode(events, 4, events.count()));
        trace.pipeInput(STREAM.encode(), encoder.encode(events, 2, 4));
        assertThat(header(deadLetter.readRecord(), "trapline.reason")).contains("gap");
        runs.pipeInput("run", runOf(STREAM, events));
        SummaryRow end = summaryRows().values().stream()
                .filter(row -> row.getStreamEnd() != null)
                .findFirst()
                .orElseThrow();
        assertThat(end.getStreamEnd().getLateChunks()).isEqualTo(1);
        assertThat(end.getStreamEnd().getGaps()).isEqualTo(1);
    }

    @Test
    void anUnknownSchemaStopsTheTaskBecauseSkippingWouldTearAHole() {
        byte[] chunk = encoder.encode(script().events());
        chunk[5] ^= 0x55;
        assertThatThrownBy(() -> trace.pipeInput(STREAM.encode(), chunk))
                .hasRootCauseInstanceOf(UnknownSchemaException.class);
    }

    /**
     * A run closed in the middle, deleted and imported again: the trace topic and the topic of runs are read at paces of
     * their own, and the second life is judged as if it were the only one.
     */
    @Test
    void aDeletedRunThatComesAgainIsJudgedAsIfItWereNewHoweverTheTopicsInterleave() {
        for (long seed = 0; seed < 25; seed++) {
            restart();
            Random random = new Random(seed);
            EventColumns events = writable(RandomTrace.of(seed, STREAM));
            int part = 1 + random.nextInt(events.count());
            List<byte[]> chunks = new ArrayList<>();
            chunks.add(encoder.encode(events, 0, part));
            chunks.add(null);
            chunks.add(encoder.encode(events, 0, (part + 1) / 2));
            if ((part + 1) / 2 < events.count()) {
                chunks.add(encoder.encode(events, (part + 1) / 2, events.count()));
            }
            Run again = placed(runOf(STREAM, events), events.count() - 1L, 2, chunks.size() - 1L);
            List<Run> records = new ArrayList<>();
            Run closed = placed(runOf(STREAM, events), part - 1L, 0, 0);
            closed.setStatus(RunStatus.ABORTED);
            records.add(closed);
            records.add(null);
            records.add(again);
            while (!chunks.isEmpty() || !records.isEmpty()) {
                if (records.isEmpty() || !chunks.isEmpty() && random.nextBoolean()) {
                    trace.pipeInput(STREAM.encode(), chunks.remove(0));
                } else {
                    runs.pipeInput("run", records.remove(0));
                }
            }

            Map<String, SummaryRow> rows = summaryRows();
            Map<String, SummaryRow> expected = loopRows(again, events);
            assertThat(rows.keySet()).as("seed %d", seed).containsAll(expected.keySet());
            expected.forEach((key, row) -> assertThat(rows.get(key)).isEqualTo(row));
            assertThat(deadLetter.readRecordsToList()).isEmpty();
        }
    }

    @Test
    void aDeletedRunIsNotFinalAnyMore() {
        EventColumns events = script().events();
        trace.pipeInput(STREAM.encode(), encoder.encode(events));
        runs.pipeInput("run", runOf(STREAM, events));
        assertThat(summaryRows().get("run/complete/live")).isNotNull();

        trace.pipeInput(STREAM.encode(), (byte[]) null);

        assertThat(summaryRows()).containsOnlyKeys("run/complete/live").containsValue(null);
        assertThat(deadLetter.isEmpty()).isTrue();
    }

    @Test
    void aRecordWithoutValueUnderNoStreamsKeyIsADeadLetter() {
        trace.pipeInput("nonsense", (byte[]) null);

        assertThat(header(deadLetter.readRecord(), "trapline.reason")).contains("the key is no stream's");
    }

    private void restart() {
        end();
        start();
    }

    private static Run placed(Run run, long lastSeq, long startOffset, long lastOffset) {
        run.setStartOffsets(List.of(startOffset));
        run.getStreams().get(0).setLastSeq(lastSeq);
        run.getStreams().get(0).setEvents(lastSeq + 1);
        run.getStreams().get(0).setPartition(0);
        run.getStreams().get(0).setFirstOffset(startOffset);
        run.getStreams().get(0).setLastOffset(lastOffset);
        return run;
    }

    /** A writer knows all its kinds. */
    private static EventColumns writable(EventColumns events) {
        EventColumns known = new EventColumns();
        known.reset(events.stream(), events.clockHz(), events.firstSeq());
        for (int row = 0; row < events.count(); row++) {
            if (events.kind(row) != EventKind.UNKNOWN) {
                known.appendFrom(events, row);
            }
        }
        return known;
    }

    private static TraceScript script() {
        return new TraceScript()
                .exit("CPUID")
                .cpuid()
                .entry()
                .exit("HLT")
                .entry()
                .exit("CPUID")
                .entry();
    }

    private static Run runOf(StreamKey stream, EventColumns events) {
        Run run = RunOf.description();
        run.setRun(stream.run());
        run.getStreams().add(RunOf.streamOf(events));
        return run;
    }

    private Map<String, SummaryRow> summaryRows() {
        Map<String, SummaryRow> rows = new TreeMap<>();
        summary.readRecordsToList().forEach(record -> rows.put(record.key(), record.value()));
        return rows;
    }

    /** By key, as the topic has them. */
    private static Map<String, SummaryRow> loopRows(Run run, EventColumns events) {
        Analysis analysis = new Analysis("live");
        analysis.accept(events);
        List<SummaryRow> rows = new ArrayList<>(analysis.finish(run));
        Map<String, SummaryRow> byContent = new TreeMap<>();
        rows.forEach(row -> byContent.put(keyOf(row), row));
        return byContent;
    }

    private static String keyOf(SummaryRow row) {
        List<String> parts = new ArrayList<>(List.of(row.getRun()));
        if (row.getExit() != null) {
            ExitCostRow exit = row.getExit();
            parts.addAll(List.of(
                    "exit",
                    exit.getVm(),
                    exit.getVcpu() + "",
                    exit.getLevel(),
                    exit.getIsa() + "",
                    exit.getReason() + "",
                    exit.getDetail()));
        } else if (row.getAccess() != null) {
            AccessCostRow access = row.getAccess();
            parts.addAll(
                    List.of("access", access.getVm(), access.getVcpu() + "", access.getView(), access.getAccess()));
        } else if (row.getFinding() != null) {
            parts.addAll(List.of("finding", row.getFinding().getId()));
        } else if (row.getVerdict() != null) {
            parts.addAll(List.of("policy", row.getVerdict().getPolicy()));
        } else if (row.getStreamEnd() != null) {
            parts.addAll(List.of(
                    "stream", row.getStreamEnd().getVm(), row.getStreamEnd().getVcpu() + ""));
        } else if (row.getWhatIfTally() != null) {
            parts.addAll(List.of(
                    "tally", row.getWhatIfTally().getVm(), row.getWhatIfTally().getVcpu() + ""));
        } else if (row.getNested() != null) {
            NestedCostRow nested = row.getNested();
            parts.addAll(List.of(
                    "nested",
                    nested.getVm(),
                    nested.getVcpu() + "",
                    nested.getIsa() + "",
                    nested.getReason() + "",
                    nested.getDetail()));
        } else if (row.getHotSpots() != null) {
            HotSpotsRow spots = row.getHotSpots();
            parts.addAll(List.of("hot-spots", spots.getVm(), spots.getVcpu() + "", spots.getKind()));
        } else if (row.getWhatIf() != null) {
            WhatIfRow whatIf = row.getWhatIf();
            parts.addAll(List.of("what-if", whatIf.getStrategy(), whatIf.getVm(), whatIf.getLevel()));
        } else {
            parts.add(row.getDescription() != null ? "run" : "complete");
        }
        parts.add(row.getAnalysis());
        return StreamKey.join(parts.toArray(String[]::new));
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private <T extends SpecificRecordBase> TestOutputTopic<String, T> output(String topic, Class<T> type) {
        return driver.createOutputTopic(
                topic, new StringDeserializer(), AvroSerde.of(type, Map.of()).deserializer());
    }
}
