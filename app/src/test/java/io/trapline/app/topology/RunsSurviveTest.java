package io.trapline.app.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cluster.Reset;
import io.trapline.app.cluster.RunControl;
import io.trapline.app.cluster.Runs;
import io.trapline.app.cluster.Summaries;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.cluster.TopologyStart;
import io.trapline.app.report.JsonReport;
import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.Publication;
import io.trapline.app.run.RecordingFile;
import io.trapline.app.run.RunDocument;
import io.trapline.producer.EventSink;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.publish.PublishException;
import io.trapline.producer.publish.PublishProgress;
import io.trapline.producer.publish.RunClaim;
import io.trapline.producer.publish.RunPublisher;
import io.trapline.producer.publish.RunTakenOver;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.serde.AvroSerde;
import io.trapline.schemas.topic.Topic;
import io.trapline.schemas.topic.Topics;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.topology.TopologyRunner;
import io.trapline.streams.topology.Tuning;
import io.trapline.streams.totals.Analysis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever becomes of the writers of a run, on a real broker: the log has each event once, and the topology says what the
 * plain loop says.
 */
@Timeout(180)
class RunsSurviveTest {
    private static final Path RECORDING = Path.of(
            "../producer/src/test/resources/recordings/bochs-amx/linux-guest-linux-6.1/q1-linux-guest-amx-1vcpu.txt.gz");
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

    @TempDir
    static Path dataDir;

    private static BrokerHandle broker;
    private static TopologyRunner topology;
    /** Claims whose writers are as good as dead: nobody closed them. */
    private static final List<RunClaim> ABANDONED = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        broker = Brokers.joinOrStart(dataDir);
        new TopicSetup(broker).createMissing();
        topology = TopologyStart.on(broker, choice("live"));
    }

    @AfterAll
    static void end() {
        topology.close();
        ABANDONED.forEach(RunClaim::close);
        broker.close();
    }

    private static TopologyStart.Choice choice(String analysis) {
        return new TopologyStart.Choice(
                AnalysisInputs.named(analysis),
                Tuning.LIVE,
                1,
                TopologyStart.Protocol.STREAMS,
                dataDir.resolve(analysis));
    }

    /** The death of a writer. */
    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Something that delivers the events of a run, whole, from the first one. */
    private interface Source {
        void deliver(EventSink sink) throws Exception;
    }

    private static Emulator emulator(long seed) {
        return new Emulator(EmulatorOptions.ofSeed(seed).withEvents(20_000));
    }

    private static Run opened(RecordingFile recording) {
        return recording.opened();
    }

    private static void deliver(RecordingFile recording, EventSink sink) throws Exception {
        // Small batches, so that it can be left at many places.
        recording.read(16, sink);
    }

    /** Publishes until the writer dies after so many batches. Every second commits what came, except that the last does not. */
    private static void abandon(Run open, Source source, int batches) throws Exception {
        AtomicLong clock = new AtomicLong();
        RunClaim claim = RunClaim.of(broker.clientConfig(), open.getRun(), clock::get);
        ABANDONED.add(claim);
        RunPublisher publisher = claim.publish(open, PublishProgress.NONE);
        int[] left = {batches};
        assertThatThrownBy(() -> source.deliver(events -> {
                    if (left[0]-- == 0) {
                        throw new Died();
                    }
                    clock.addAndGet(left[0] == 0 ? 0 : Duration.ofSeconds(2).toNanos());
                    publisher.accept(events);
                }))
                .isInstanceOf(Died.class);
    }

    private static void abandonOften(Run open, Source source, Random random, int batchesMax) throws Exception {
        for (int death = 0; death < 4; death++) {
            abandon(open, source, 1 + random.nextInt(batchesMax));
        }
    }

    @Test
    void anEmulatedRunGoesOnAfterEachDeathOfItsWriter() throws Exception {
        for (long seed = 100; seed < 103; seed++) {
            Emulator emulator = emulator(seed);
            abandonOften(emulator.open(), emulator::run, new Random(seed), 18);

            Publication.Result result = new Publication(broker).of(emulator, PublishProgress.NONE);

            assertThat(result.before()).isEqualTo(Publication.Before.PART);
            assertEachEventOnce(result.run());
            assertThat(answer("live", result.run().getRun())).isEqualTo(loop(emulator));
        }
    }

    @Test
    void anImportGoesOnAfterEachDeathOfItsWriter() throws Exception {
        RecordingFile recording = RecordingFile.at(RECORDING.toString(), 0);
        abandonOften(opened(recording), sink -> deliver(recording, sink), new Random(5), 60);

        Publication.Result result = new Publication(broker).of(recording, PublishProgress.NONE);

        assertThat(result.before()).isEqualTo(Publication.Before.PART);
        assertEachEventOnce(result.run());
        assertThat(answer("live", recording.runId())).isEqualTo(loop(recording));
        assertThat(new Publication(broker).of(recording, PublishProgress.NONE).wasThere())
                .isTrue();
    }

    @Test
    void whoGoesOnSaysHowMuchIsThereAndSendsTheRest() throws Exception {
        Emulator emulator = emulator(110);
        abandon(emulator.open(), emulator::run, 6);
        long[] resumed = {-1};
        long[] sent = {0};

        Run run = new Publication(broker)
                .of(emulator, new PublishProgress() {
                    @Override
                    public void sent(long events, long bytes) {
                        sent[0] = events;
                    }

                    @Override
                    public void resumed(long events) {
                        resumed[0] = events;
                    }
                })
                .run();

        assertThat(resumed[0]).isEqualTo(4 * 1024);
        assertThat(resumed[0] + sent[0]).isEqualTo(eventsOf(run));
    }

    @Test
    void theSecondWriterOfARunTakesItFromTheFirst() throws Exception {
        Emulator emulator = emulator(120);
        AtomicLong clock = new AtomicLong();
        try (RunClaim first = RunClaim.of(broker.clientConfig(), emulator.open().getRun(), clock::get);
                RunPublisher publisher = first.publish(emulator.open(), PublishProgress.NONE)) {
            int[] batch = {0};
            assertThatThrownBy(() -> emulator.run(events -> {
                        if (batch[0]++ == 7) {
                            new Publication(broker).of(emulator, PublishProgress.NONE);
                        }
                        clock.addAndGet(Duration.ofSeconds(2).toNanos());
                        publisher.accept(events);
                    }))
                    .isInstanceOf(RunTakenOver.class)
                    .hasMessageContaining("taken over by another process");
        }
        Run run = completed(emulator.open().getRun());
        assertEachEventOnce(run);
        assertThat(answer("live", run.getRun())).isEqualTo(loop(emulator));
    }

    @Test
    void aWriterThatClaimedBeforeAnyEventIsFencedToo() {
        Emulator emulator = emulator(121);
        try (RunClaim first = RunClaim.of(broker.clientConfig(), emulator.open().getRun(), System::nanoTime);
                RunPublisher publisher = first.publish(emulator.open(), PublishProgress.NONE)) {
            Run run = new Publication(broker).of(emulator, PublishProgress.NONE).run();
            assertThatThrownBy(() -> publisher.complete(emulator.run(publisher).run()))
                    .isInstanceOf(RunTakenOver.class);
            assertEachEventOnce(run);
        }
    }

    private static Run completed(String id) {
        Run run = new Runs(broker).all().get(id);
        assertThat(run.getStatus()).isEqualTo(RunStatus.COMPLETE);
        return run;
    }

    /** The broker marks a commit in the topics after it has told the writer: readers wait for it. */
    @Test
    void aRunThatIsWrittenAndNotCommittedIsWaitedFor() throws Exception {
        Run open = emulator(123).open();
        Map<String, Object> settings = new HashMap<>(broker.clientConfig());
        settings.put("transactional.id", "of the test");
        try (KafkaProducer<String, byte[]> writer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            writer.initTransactions();
            writer.beginTransaction();
            byte[] value =
                    AvroSerde.of(Run.class, broker.clientConfig()).serializer().serialize(Topics.RUNS.name(), open);
            writer.send(new ProducerRecord<>(Topics.RUNS.name(), open.getRun(), value))
                    .get();
            CompletableFuture<Map<String, Run>> runs = CompletableFuture.supplyAsync(() -> new Runs(broker).all());
            assertThatThrownBy(() -> runs.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            writer.commitTransaction();
            assertThat(runs.get()).containsKey(open.getRun());
        }
    }

    @Test
    void twoImportsOfOneSourceAtOnceEndInOneRun() throws Exception {
        Emulator emulator = emulator(122);
        List<CompletableFuture<Boolean>> writers = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
            writers.add(CompletableFuture.supplyAsync(() -> {
                try {
                    new Publication(broker).of(emulator, PublishProgress.NONE);
                    return true;
                } catch (RunTakenOver e) {
                    return false;
                }
            }));
        }
        assertThat(writers.get(0).get() || writers.get(1).get()).isTrue();
        Run run = completed(emulator.open().getRun());
        assertEachEventOnce(run);
        assertThat(answer("live", run.getRun())).isEqualTo(loop(emulator));
    }

    @Test
    void twoRunsInterleaveInOneTopic() throws Exception {
        List<Emulator> emulators = List.of(emulator(130), emulator(131));
        List<CompletableFuture<Run>> runs = new ArrayList<>();
        for (Emulator emulator : emulators) {
            runs.add(CompletableFuture.supplyAsync(() ->
                    new Publication(broker).of(emulator, PublishProgress.NONE).run()));
        }
        for (int each = 0; each < emulators.size(); each++) {
            Run run = runs.get(each).get();
            assertEachEventOnce(run);
            assertThat(answer("live", run.getRun())).isEqualTo(loop(emulators.get(each)));
        }
    }

    @Test
    void aClosedRunIsReportedWithWhatThereIsAndBegunAnewByTheNextImport() throws Exception {
        Emulator emulator = emulator(140);
        String id = emulator.open().getRun();
        abandon(emulator.open(), emulator::run, 8);

        RunControl.Closed closed = new RunControl(broker).close(id);

        assertThat(closed.wasOpen()).isTrue();
        assertThat(closed.run().getStatus()).isEqualTo(RunStatus.ABORTED);
        assertThat(eventsOf(closed.run())).isEqualTo(6 * 1024);
        assertThat(answer("live", id)).isEqualTo(json(ofLog(closed.run())));
        assertThat(new RunControl(broker).close(id).wasOpen()).isFalse();
        assertThat(new RunControl(broker).close("never-heard-of").run()).isNull();

        Publication.Result again = new Publication(broker).of(emulator, PublishProgress.NONE);

        assertThat(again.before()).isEqualTo(Publication.Before.CLOSED_PART);
        assertThat(answer("live", id, loop(emulator))).isEqualTo(loop(emulator));
    }

    @Test
    void aDeletedRunLeavesNothingAndCanComeAgain() throws Exception {
        Emulator emulator = emulator(150);
        Run run = new Publication(broker).of(emulator, PublishProgress.NONE).run();
        assertThat(answer("live", run.getRun())).isEqualTo(loop(emulator));

        RunControl.Deleted deleted = new RunControl(broker).delete(run.getRun(), ANSWER_MAX);

        assertThat(deleted.wasThere()).isTrue();
        assertThat(deleted.rows()).isPositive();
        assertThat(deleted.running()).isEmpty();
        assertThat(new Runs(broker).all()).doesNotContainKey(run.getRun());
        assertThat(rowsOf(run.getRun())).isEmpty();
        assertThat(new Summaries(broker, "live").await(List.of(run.getRun()), () -> false))
                .isEmpty();
        RunControl.Deleted twice = new RunControl(broker).delete(run.getRun(), ANSWER_MAX);
        assertThat(twice.wasThere()).isFalse();
        assertThat(twice.rows()).isZero();

        new Publication(broker).of(emulator, PublishProgress.NONE);
        assertThat(answer("live", run.getRun())).isEqualTo(loop(emulator));
    }

    /** The topology sees all of it only when it is over: the first life, its deletion, and the second life. */
    @Test
    void aTopologyFarBehindSaysTheSame() throws Exception {
        Emulator once = emulator(160);
        Emulator twice = emulator(161);
        Emulator closed = emulator(162);
        Run gone = new Publication(broker).of(once, PublishProgress.NONE).run();
        new RunControl(broker).delete(gone.getRun(), Duration.ZERO);
        Run again = new Publication(broker).of(twice, PublishProgress.NONE).run();
        new RunControl(broker).delete(again.getRun(), Duration.ZERO);
        new Publication(broker).of(twice, PublishProgress.NONE);
        abandon(closed.open(), closed::run, 5);
        new RunControl(broker).close(closed.open().getRun());
        new Publication(broker).of(closed, PublishProgress.NONE);

        try (TopologyRunner late = TopologyStart.on(broker, choice("late"))) {
            String second = json(new LoopAnalysis("late").of(twice).rows());
            assertThat(answer("late", again.getRun(), second)).isEqualTo(second);
            String whole = json(new LoopAnalysis("late").of(closed).rows());
            assertThat(answer("late", closed.open().getRun(), whole)).isEqualTo(whole);
            assertThat(new Summaries(broker, "late").await(List.of(gone.getRun()), () -> false))
                    .isEmpty();
            assertThat(late.failure()).isEmpty();
        }
    }

    /** {@code streams --from-beginning}: the progress goes, what was said stays until it is said again. */
    @Test
    void anAnalysisThatRestartsFoldsTheLogAnew() throws Exception {
        Emulator emulator = emulator(180);
        String run =
                new Publication(broker).of(emulator, PublishProgress.NONE).run().getRun();
        String expected = json(new LoopAnalysis("anew").of(emulator).rows());
        try (TopologyRunner first = TopologyStart.on(broker, choice("anew"))) {
            assertThat(answer("anew", run, expected)).isEqualTo(expected);
            assertThatThrownBy(() -> reset().restart()).hasMessageContaining("is running");
            assertThat(first.failure()).isEmpty();
        }
        reset().restart();

        assertThat(dataDir.resolve("anew").resolve("streams").resolve(TopologyRunner.applicationId("anew")))
                .doesNotExist();
        assertThat(answer("anew", run, expected)).isEqualTo(expected);
        new RunControl(broker).delete(run, Duration.ZERO);
        new Publication(broker).of(emulator, PublishProgress.NONE);
        try (TopologyRunner again = TopologyStart.on(broker, choice("anew"))) {
            assertThat(answer("anew", run, expected)).isEqualTo(expected);
            assertThat(again.failure()).isEmpty();
        }
    }

    private static Reset reset() {
        return new Reset(broker, "anew", dataDir.resolve("anew"));
    }

    @Test
    void anotherReadingOfTheSourceIsRefusedWithWhatToDo() throws Exception {
        Emulator emulator = emulator(170);
        abandon(emulator.open(), sink -> emulator.run(events -> sink.accept(oneTickLater(events))), 4);

        assertThatThrownBy(() -> new Publication(broker).of(emulator, PublishProgress.NONE))
                .isInstanceOf(PublishException.class)
                .hasMessageContainingAll(
                        "another reading",
                        "trapline runs delete " + emulator.open().getRun());

        new RunControl(broker).delete(emulator.open().getRun(), ANSWER_MAX);
        assertThat(new Publication(broker).of(emulator, PublishProgress.NONE).before())
                .isEqualTo(Publication.Before.NOTHING);
    }

    private static EventColumns oneTickLater(EventColumns events) {
        EventColumns later = new EventColumns();
        later.reset(events.stream(), events.clockHz(), events.firstSeq());
        for (int row = 0; row < events.count(); row++) {
            later.append(events.kind(row), events.time(row) + 1, events.cpu(row), events.flags(row), row);
        }
        return later;
    }

    /** The streams as they lie in the log have the numbers from 0 to their last once each, at the places the run names. */
    private static void assertEachEventOnce(Run run) {
        Map<String, List<LogChunks.Chunk>> chunks = LogChunks.of(broker, run);
        assertThat(chunks).hasSameSizeAs(run.getStreams());
        for (RunStream stream : run.getStreams()) {
            String key = new StreamKey(run.getRun(), stream.getVm(), stream.getVcpu()).encode();
            long next = 0;
            for (LogChunks.Chunk chunk : chunks.get(key)) {
                assertThat(chunk.columns().firstSeq()).as(key).isEqualTo(next);
                next += chunk.columns().count();
            }
            assertThat(next - 1).isEqualTo(stream.getLastSeq());
            assertThat(chunks.get(key).get(0).offset()).isEqualTo(stream.getFirstOffset());
            assertThat(chunks.get(key).get(chunks.get(key).size() - 1).offset()).isEqualTo(stream.getLastOffset());
        }
    }

    /** The loop over what the log has of a run. */
    private static List<SummaryRow> ofLog(Run run) {
        Analysis analysis = new Analysis("live");
        LogChunks.of(broker, run).values().forEach(chunks -> chunks.forEach(chunk -> analysis.accept(chunk.columns())));
        return analysis.finish(run);
    }

    private static long eventsOf(Run run) {
        return run.getStreams().stream().mapToLong(RunStream::getEvents).sum();
    }

    private static String loop(Emulator emulator) {
        return json(new LoopAnalysis("live").of(emulator).rows());
    }

    private static String loop(RecordingFile recording) throws Exception {
        return json(new LoopAnalysis("live").of(recording).rows());
    }

    private static String json(List<SummaryRow> rows) {
        return JsonReport.write(RunDocument.of(rows));
    }

    private static String answer(String analysis, String run) {
        long deadline = System.nanoTime() + ANSWER_MAX.toNanos();
        List<SummaryRow> rows = new Summaries(broker, analysis)
                .await(List.of(run), () -> System.nanoTime() < deadline)
                .get(run);
        assertThat(topology.failure()).isEmpty();
        assertThat(rows).as("the summary of %s", run).isNotNull();
        return json(rows);
    }

    /** For a run that had an answer before: asks until it is the expected one, or the time is over. */
    private static String answer(String analysis, String run, String expected) {
        long deadline = System.nanoTime() + ANSWER_MAX.toNanos();
        String answer;
        do {
            answer = answer(analysis, run);
        } while (!answer.equals(expected) && System.nanoTime() < deadline);
        return answer;
    }

    /** Keys of the rows of results that the run has, of the running topology. */
    private static List<String> rowsOf(String run) {
        Map<String, byte[]> rows = new TreeMap<>();
        for (Topic topic : List.of(Topics.VIOLATIONS, Topics.POLICY_VERDICTS, Topics.EXIT_COSTS, Topics.RUN_SUMMARY)) {
            Map<String, byte[]> latest = new HashMap<>();
            LogChunks.read(broker, topic.name(), record -> latest.put(record.key(), record.value()));
            latest.forEach((key, value) -> {
                if (value != null && key.startsWith(StreamKey.join(run, ""))) {
                    rows.put(topic.name() + ":" + key, value);
                }
            });
        }
        return List.copyOf(rows.keySet());
    }
}
