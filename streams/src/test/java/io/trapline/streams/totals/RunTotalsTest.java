package io.trapline.streams.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.streams.RandomTrace;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import io.trapline.streams.fold.StreamFold;
import io.trapline.streams.profile.AnalysisInputs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunTotalsTest {
    private static final int STREAMS = 6;

    private record Emitted(String key, SummaryRow row) {}

    /** The rows of each stream of a run, in the order the stream's fold emits them. */
    private static List<List<SummaryRow>> rowsOfStreams(long seed, Run run) {
        List<List<SummaryRow>> all = new ArrayList<>();
        for (int vcpu = 0; vcpu < STREAMS; vcpu++) {
            StreamKey key = new StreamKey("run", "vm%" + vcpu / 3, vcpu % 3);
            EventColumns events = RandomTrace.of(seed * STREAMS + vcpu, key);
            List<SummaryRow> rows = new ArrayList<>();
            StreamFold fold = new StreamFold("live", key);
            fold.fold(events, new RowCarrier(rows::add));
            fold.provisional(new RowCarrier(rows::add));
            fold.endNow(new RowCarrier(rows::add));
            all.add(rows);
            run.getStreams().add(RunOf.streamOf(events));
        }
        SummaryRow description = RowCarrier.of("live", "run");
        description.setDescription(run);
        all.add(new ArrayList<>(List.of(description)));
        return all;
    }

    private static List<Emitted> interleave(List<List<SummaryRow>> streams, Random random) {
        List<Integer> turns = new ArrayList<>();
        for (int stream = 0; stream < streams.size(); stream++) {
            turns.addAll(Collections.nCopies(streams.get(stream).size(), stream));
        }
        Collections.shuffle(turns, random);
        int[] next = new int[streams.size()];
        List<Emitted> emitted = new ArrayList<>();
        RunTotals totals = new RunTotals(AnalysisInputs.named("live"), new InMemoryRowStore());
        for (int stream : turns) {
            SummaryRow row = streams.get(stream).get(next[stream]++);
            totals.accept(row, (key, each) -> emitted.add(new Emitted(key, each)));
        }
        return emitted;
    }

    @Test
    void howRowsOfStreamsInterleaveDoesNotMatter() {
        for (long seed = 0; seed < 60; seed++) {
            Run run = RunOf.description();
            List<List<SummaryRow>> streams = rowsOfStreams(seed, run);
            List<Emitted> expected = interleave(streams, new Random(0));

            assertThat(expected).isNotEmpty();
            assertThat(interleave(streams, new Random(seed + 1)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void theLoopSaysTheSame() {
        for (long seed = 0; seed < 60; seed++) {
            Run run = RunOf.description();
            List<List<SummaryRow>> streams = rowsOfStreams(seed, run);
            Analysis analysis = new Analysis("live");
            for (int vcpu = 0; vcpu < STREAMS; vcpu++) {
                StreamKey key = new StreamKey("run", "vm%" + vcpu / 3, vcpu % 3);
                analysis.accept(RandomTrace.of(seed * STREAMS + vcpu, key));
            }

            assertThat(analysis.finish(run))
                    .as("seed %d", seed)
                    .isEqualTo(interleave(streams, new Random(3)).stream()
                            .map(Emitted::row)
                            .toList());
        }
    }

    @Test
    void rowsComeInTheOrderOfTheirKeysAndTheLastOneCountsThem() {
        Run run = RunOf.description();
        List<Emitted> emitted = interleave(rowsOfStreams(1, run), new Random(1));
        List<Emitted> others = emitted.subList(0, emitted.size() - 1);
        Map<String, SummaryRow> sorted = new TreeMap<>();
        others.forEach(each -> sorted.put(each.key(), each.row()));

        assertThat(others).extracting(Emitted::key).containsExactlyElementsOf(sorted.keySet());
        Emitted last = emitted.get(emitted.size() - 1);
        assertThat(last.key()).isEqualTo("run/complete");
        assertThat(last.row().getComplete().getRows()).isEqualTo(others.size());
        assertThat(sorted).containsKeys("run/run", "run/policy/P8", "run/stream/vm%250/1");
    }

    @Test
    void afterItsSummaryARunLeavesOnlyAMark() {
        InMemoryRowStore store = new InMemoryRowStore();
        RunTotals totals = new RunTotals(AnalysisInputs.named("live"), store);
        Run run = RunOf.description();
        List<SummaryRow> emitted = new ArrayList<>();
        List<List<SummaryRow>> streams = rowsOfStreams(2, run);
        streams.forEach(rows -> rows.forEach(row -> totals.accept(row, (key, each) -> emitted.add(each))));
        int once = emitted.size();
        streams.forEach(rows -> rows.forEach(row -> totals.accept(row, (key, each) -> emitted.add(each))));

        List<String> left = new ArrayList<>();
        store.scan("", (key, row) -> left.add(key));
        assertThat(left).containsExactly("run/complete");
        assertThat(emitted).hasSize(once);
    }

    @Test
    void anOpenRunSaysNothingYet() {
        Run run = RunOf.description();
        run.setStatus(RunStatus.OPEN);

        assertThat(interleave(rowsOfStreams(2, run), new Random(1))).isEmpty();
    }

    @Test
    void anAbortedRunEndsWhereItsLogEnds() {
        TraceScript script = new TraceScript().entry().exit("CPUID");
        Analysis analysis = new Analysis("live");
        analysis.accept(script.events());
        Run run = RunOf.description();
        run.getStreams().add(RunOf.streamOf(script.events()));
        run.getStreams().get(0).setLastSeq(1000L);
        assertThatThrownBy(() -> analysis.finish(run)).hasMessageContaining("should end with event 1000");

        run.setStatus(RunStatus.ABORTED);

        assertThat(analysis.finish(run)).isNotEmpty();
    }

    @Test
    void aStreamThatTheRunDoesNotListIsABug() {
        Analysis analysis = new Analysis("live");
        analysis.accept(new TraceScript().entry().events());

        assertThatThrownBy(() -> analysis.finish(RunOf.description())).hasMessageContaining("does not list");
    }

    @Test
    void rowsOfAnotherAnalysisAreABug() {
        RunTotals totals = new RunTotals(AnalysisInputs.named("live"), new InMemoryRowStore());

        assertThatThrownBy(() -> totals.accept(RowCarrier.of("other", "run"), (key, row) -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theUsersProfileJudgesAStoredRunInAnotherWay() {
        TraceScript script =
                new TraceScript().svm().entry().exit("cpuid").cpuid().entry().entry();
        Run run = RunOf.description();
        run.getStreams().add(RunOf.streamOf(script.events()));

        assertThat(violations(AnalysisInputs.named("live"), script, run)).isZero();
        assertThat(violations(AnalysisInputs.named("live").withProfile(KernelRange.parse("6.5..")), script, run))
                .isEqualTo(1);
        assertThat(violations(AnalysisInputs.named("live").withProfile(KernelRange.parse("6.1")), script, run))
                .isZero();
        assertThat(run.getProfileFrom()).as("the stored run").isEqualTo("test");
    }

    private static long violations(AnalysisInputs inputs, TraceScript script, Run run) {
        Analysis analysis = new Analysis(inputs);
        analysis.accept(script.events());
        List<SummaryRow> rows = analysis.finish(run);
        Run judged = rows.stream()
                .map(SummaryRow::getDescription)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        boolean given = inputs.profile() != null;
        assertThat(judged.getProfileFrom()).isEqualTo(given ? "--profile" : "test");
        assertThat(KernelRange.of(judged.getKernelFrom(), judged.getKernelTo()))
                .isEqualTo(given ? inputs.profile() : KernelRange.of(run.getKernelFrom(), run.getKernelTo()));
        return rows.stream().filter(row -> row.getFinding() != null).count();
    }

    @Test
    void windowsAddUp() {
        TraceScript script = new TraceScript().entry();
        for (int i = 0; i < 10; i++) {
            script.after(1_500_000_000L).exit("CPUID").cpuid().entry();
        }

        assertThat(RunOf.script(script).exit("L1", 10, "").getTime().getSamples())
                .isEqualTo(10);
        assertThat(RunOf.script(script).exit("L1", 10, "").getWindow()).isEqualTo(RunTotals.ALL_WINDOWS);
    }
}
