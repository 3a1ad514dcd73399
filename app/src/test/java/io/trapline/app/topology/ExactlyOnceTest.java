package io.trapline.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cluster.Summaries;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.fault.CommittedLog;
import io.trapline.app.fault.TraplineProcess;
import io.trapline.app.report.JsonReport;
import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.RunDocument;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of the write-behind store, to be run on every upgrade of Kafka: a topology that is killed in the middle of
 * its work, with its commits, state and all, and started again ends with the same answers as one that was not, and a
 * reader of committed records sees no final row twice.
 */
class ExactlyOnceTest {
    private static final int RUNS = 24;
    private static final long EVENTS = 40_000;
    private static final int KILLS = 3;
    private static final long ANSWER_MAX_NANOS = 180_000_000_000L;

    @TempDir
    Path dataDir;

    @Test
    void killedTopologyLosesNothingAndCountsNothingTwice() throws Exception {
        LogWriter log = new LogWriter(7, 200);
        Map<String, String> expected = new TreeMap<>();
        for (int seed = 0; seed < RUNS; seed++) {
            Emulator emulator = new Emulator(EmulatorOptions.ofSeed(seed).withEvents(EVENTS));
            log.describe(emulator.run(log.sink()).run());
            LoopAnalysis.Result loop = new LoopAnalysis("live").of(emulator);
            expected.put(loop.run().getRun(), JsonReport.write(RunDocument.of(loop.rows())));
        }
        try (BrokerHandle broker = Brokers.joinOrStart(dataDir)) {
            new TopicSetup(broker).createMissing();
            log.writeTo(broker);
            CommittedLog committed = new CommittedLog(broker);
            List<Long> resultsAtKill = new ArrayList<>();
            for (int kill = 0; kill < KILLS; kill++) {
                long before = committed.end(Topics.EXIT_COSTS);
                try (TraplineProcess topology = startStreams(broker)) {
                    awaitMoreRows(committed, topology, before);
                    topology.kill();
                }
                resultsAtKill.add(committed.end(Topics.EXIT_COSTS));
            }
            try (TraplineProcess topology = startStreams(broker)) {
                assertThat(answers(broker, topology, expected)).isEqualTo(expected);
            }
            assertThat(resultsAtKill)
                    .as("it was killed in the middle of its work")
                    .isSorted();
            committed.assertNoFinalRowTwice();
        }
    }

    private TraplineProcess startStreams(BrokerHandle broker) throws IOException {
        return TraplineProcess.start(
                dataDir.resolve("output"),
                List.of(
                        "streams",
                        "--bootstrap-server",
                        broker.bootstrapServers(),
                        "--data-dir",
                        dataDir.resolve("topology").toString()));
    }

    /** Waits until the topology has committed work, so that a kill hits the middle and not the start. */
    private static void awaitMoreRows(CommittedLog committed, TraplineProcess topology, long before) {
        long deadline = System.nanoTime() + ANSWER_MAX_NANOS;
        while (committed.end(Topics.EXIT_COSTS) <= before) {
            assertThat(topology.isAlive()).as("the topology runs").isTrue();
            assertThat(System.nanoTime()).as("the topology gets on").isLessThan(deadline);
        }
    }

    private static Map<String, String> answers(
            BrokerHandle broker, TraplineProcess topology, Map<String, String> expected) {
        long deadline = System.nanoTime() + ANSWER_MAX_NANOS;
        Map<String, List<SummaryRow>> rows = new Summaries(broker, "live")
                .await(expected.keySet(), () -> System.nanoTime() < deadline && topology.isAlive());
        Map<String, String> answers = new TreeMap<>();
        rows.forEach((run, found) -> answers.put(run, JsonReport.write(RunDocument.of(found))));
        return answers;
    }
}
