package io.trapline.streams.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.VcpuStateSnapshot;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.RecordCodec;
import io.trapline.streams.RandomTrace;
import io.trapline.streams.Rows;
import io.trapline.streams.profile.AnalysisInputs;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No result may depend on where chunks are cut, nor on a snapshot and restore between any two of them. */
class ChunkInvarianceTest {
    private static final int SEEDS = 50;
    private static final StreamKey STREAM = new StreamKey("run", "vm", 0);

    private final RecordCodec<VcpuStateSnapshot> codec = new RecordCodec<>(VcpuStateSnapshot.class);

    private static List<Object> whole(EventColumns events) {
        Rows rows = new Rows();
        StreamFold fold = new StreamFold("live", events.stream());
        assertThat(fold.fold(events, rows)).isEqualTo(StreamFold.Folded.FOLDED);
        fold.endAt(events.count() - 1L, rows);
        assertThat(fold.ended()).isTrue();
        return rows.all();
    }

    @Test
    void howTheStreamIsCutDoesNotMatter() {
        for (long seed = 0; seed < SEEDS; seed++) {
            EventColumns events = RandomTrace.of(seed);
            for (int longest : new int[] {1, 3, 40}) {
                Rows rows = new Rows();
                StreamFold fold = new StreamFold("live", STREAM);
                Cuts.at(events, new Random(seed), longest).forEach(chunk -> fold.fold(chunk, rows));
                fold.endAt(events.count() - 1L, rows);

                assertThat(rows.all())
                        .as("seed %d, chunks up to %d", seed, longest)
                        .isEqualTo(whole(events));
            }
        }
    }

    @Test
    void neitherDoStoringAndTakingBackInBetween() {
        for (long seed = 0; seed < SEEDS; seed++) {
            EventColumns events = RandomTrace.of(seed);
            Rows rows = new Rows();
            Random random = new Random(seed);
            StreamFold fold = new StreamFold("live", STREAM);
            for (EventColumns chunk : Cuts.at(events, random, 1 + random.nextInt(20))) {
                fold.fold(chunk, rows);
                if (random.nextBoolean()) {
                    fold = StreamFold.restore(
                            AnalysisInputs.named("live"), STREAM, codec.decode(codec.encode(fold.snapshot())));
                }
            }
            fold.endAt(events.count() - 1L, rows);

            assertThat(rows.all()).as("seed %d", seed).isEqualTo(whole(events));
        }
    }

    /** They are replayed for IA32_XFD of their CPU alone. */
    @Test
    void noneOfThisMattersToTheStreamOfAHostsCpu() {
        StreamKey host = new StreamKey("run", StreamKey.HOST, 0);
        for (long seed = 0; seed < SEEDS; seed++) {
            EventColumns events = RandomTrace.of(seed, host);
            Rows rows = new Rows();
            StreamFold fold = new StreamFold("live", host);
            for (EventColumns chunk : Cuts.at(events, new Random(seed), 20)) {
                fold.fold(chunk, rows);
                fold = StreamFold.restore(
                        AnalysisInputs.named("live"), host, codec.decode(codec.encode(fold.snapshot())));
            }
            fold.endAt(events.count() - 1L, rows);

            assertThat(rows.all()).as("seed %d", seed).isEqualTo(whole(events));
            assertThat(rows.of(FindingRow.class))
                    .extracting(FindingRow::getPolicy)
                    .containsOnly("P19");
        }
    }

    @Test
    void anEndAnnouncedEarlyEndsTheStreamOnceAndAtItsPlace() {
        for (long seed = 0; seed < SEEDS; seed++) {
            EventColumns events = RandomTrace.of(seed);
            Rows rows = new Rows();
            Random random = new Random(seed);
            StreamFold fold = new StreamFold("live", STREAM);
            int announced = random.nextInt(5);
            int number = 0;
            for (EventColumns chunk : Cuts.at(events, random, 60)) {
                if (number++ == announced) {
                    fold.endAt(events.count() - 1L, rows);
                }
                fold.fold(chunk, rows);
                fold = StreamFold.restore(
                        AnalysisInputs.named("live"), STREAM, codec.decode(codec.encode(fold.snapshot())));
            }
            fold.endAt(events.count() - 1L, rows);

            assertThat(rows.all()).as("seed %d", seed).isEqualTo(whole(events));
        }
    }

    @Test
    void holesAreGapsHoweverTheRestIsCut() {
        for (long seed = 0; seed < SEEDS; seed++) {
            EventColumns events = RandomTrace.of(seed);
            int hole = events.count() / 3;
            int behind = hole + 1 + new Random(seed).nextInt(10);
            List<Object> expected = withHole(events, hole, behind, new Random(seed), Integer.MAX_VALUE);

            assertThat(withHole(events, hole, behind, new Random(seed), 7))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    private List<Object> withHole(EventColumns events, int hole, int behind, Random random, int longest) {
        Rows rows = new Rows();
        StreamFold fold = new StreamFold("live", STREAM);
        for (EventColumns chunk : Cuts.at(Cuts.chunk(events, 0, hole), random, longest)) {
            fold.fold(chunk, rows);
        }
        for (EventColumns chunk : Cuts.at(Cuts.chunk(events, behind, events.count()), random, longest)) {
            fold.fold(chunk, rows);
            fold = longest < 10
                    ? StreamFold.restore(
                            AnalysisInputs.named("live"), STREAM, codec.decode(codec.encode(fold.snapshot())))
                    : fold;
        }
        fold.endNow(rows);
        return rows.all();
    }

    @Test
    void whatIsShownInBetweenChangesNothing() {
        for (long seed = 0; seed < SEEDS; seed++) {
            EventColumns events = RandomTrace.of(seed);
            Rows rows = new Rows();
            StreamFold fold = new StreamFold("live", STREAM);
            for (EventColumns chunk : Cuts.at(events, new Random(seed), 30)) {
                fold.fold(chunk, rows);
                fold.provisional(new Rows());
            }
            fold.endNow(rows);

            assertThat(rows.all()).as("seed %d", seed).isEqualTo(whole(events));
        }
    }

    @Test
    void theTracesOfThisTestDoFindSomething() {
        long findings = 0;
        long exits = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            for (Object row : whole(RandomTrace.of(seed))) {
                findings += row instanceof FindingRow ? 1 : 0;
                exits += row instanceof StreamEndRow end ? end.getSamples() : 0;
            }
        }

        assertThat(findings).isGreaterThan(SEEDS);
        assertThat(exits).isGreaterThan(20L * SEEDS);
    }
}
