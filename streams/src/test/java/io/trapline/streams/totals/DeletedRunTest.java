package io.trapline.streams.totals;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.LogPlace;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.StreamForgotten;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.RandomTrace;
import io.trapline.streams.RunOf;
import io.trapline.streams.fold.StreamFold;
import io.trapline.streams.profile.AnalysisInputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A run that is deleted and comes again under its id: however the rows of its streams, their deletions and its two
 * descriptions interleave, what is said of it in the end is what is said of the second life alone.
 */
class DeletedRunTest {
    private static final int STREAMS = 4;
    /** One stream more in the first life, as another version of an importer might have found. */
    private static final int STREAMS_BEFORE = STREAMS + 1;

    private static final long DELETED_AT = 100;
    private static final long STARTED_AGAIN_AT = 150;
    private static final long SECOND_LIFE_AT = 200;

    private static StreamKey stream(int vcpu) {
        return new StreamKey("run", "vm", vcpu);
    }

    private static List<SummaryRow> rowsOf(EventColumns events, long firstOffset) {
        List<SummaryRow> rows = new ArrayList<>();
        RowCarrier carrier = new RowCarrier(row -> {
            if (row.getStreamEnd() != null) {
                row.setPlace(new LogPlace(0, firstOffset));
            }
            rows.add(row);
        });
        StreamFold fold = new StreamFold("live", events.stream());
        fold.fold(events, carrier);
        fold.endNow(carrier);
        return rows;
    }

    private static SummaryRow forgotten(StreamKey stream) {
        SummaryRow row = RowCarrier.of("live", "run");
        row.setForgotten(new StreamForgotten(stream.vm(), stream.vcpu()));
        row.setPlace(new LogPlace(0, DELETED_AT + stream.vcpu()));
        return row;
    }

    private static Run described(RunStatus status, List<EventColumns> streams, long startOffset, long lastOffset) {
        Run run = RunOf.description();
        run.setStatus(status);
        run.setStartOffsets(List.of(startOffset));
        for (EventColumns events : streams) {
            run.getStreams().add(RunOf.streamOf(events));
            run.getStreams().get(run.getStreams().size() - 1).setLastOffset(lastOffset);
        }
        return run;
    }

    private static SummaryRow description(Run run) {
        SummaryRow row = RowCarrier.of("live", "run");
        row.setDescription(run);
        return row;
    }

    private static List<EventColumns> traces(long seed, int streams) {
        List<EventColumns> traces = new ArrayList<>();
        for (int vcpu = 0; vcpu < streams; vcpu++) {
            traces.add(RandomTrace.of(seed * STREAMS_BEFORE + vcpu, stream(vcpu)));
        }
        return traces;
    }

    /** The rows as they come from each stream, and last the descriptions; both lives, or the second one alone. */
    private static List<List<SummaryRow>> sequences(long seed, boolean bothLives) {
        List<EventColumns> before = traces(seed + 1000, STREAMS_BEFORE);
        List<EventColumns> again = traces(seed, STREAMS);
        List<List<SummaryRow>> sequences = new ArrayList<>();
        for (int vcpu = 0; vcpu < STREAMS_BEFORE; vcpu++) {
            List<SummaryRow> rows = new ArrayList<>();
            if (bothLives) {
                rows.addAll(rowsOf(before.get(vcpu), vcpu));
                rows.add(forgotten(stream(vcpu)));
            }
            if (vcpu < STREAMS) {
                rows.addAll(rowsOf(again.get(vcpu), SECOND_LIFE_AT + vcpu));
            }
            sequences.add(rows);
        }
        List<SummaryRow> descriptions = new ArrayList<>();
        if (bothLives) {
            descriptions.add(description(described(RunStatus.OPEN, List.of(), 0, 0)));
            descriptions.add(description(described(RunStatus.ABORTED, before, 0, 50)));
        }
        descriptions.add(description(described(RunStatus.OPEN, List.of(), STARTED_AGAIN_AT, 0)));
        descriptions.add(description(described(RunStatus.COMPLETE, again, STARTED_AGAIN_AT, SECOND_LIFE_AT + 50)));
        sequences.add(descriptions);
        return sequences;
    }

    /** Which sequence comes next: in bursts, so that some are far ahead of others. */
    private static List<Integer> turns(List<List<SummaryRow>> sequences, Random random) {
        int[] left = sequences.stream().mapToInt(List::size).toArray();
        List<Integer> turns = new ArrayList<>();
        while (Arrays.stream(left).sum() > 0) {
            int sequence = random.nextInt(left.length);
            int burst = left[sequence] == 0 ? 0 : 1 + random.nextInt(left[sequence]);
            turns.addAll(Collections.nCopies(burst, sequence));
            left[sequence] -= burst;
        }
        return turns;
    }

    /** What a reader of the topic holds in the end: the rows that stand right before the last complete one. */
    private static Map<String, SummaryRow> read(List<List<SummaryRow>> sequences, Random random) {
        List<Integer> turns = turns(sequences, random);
        int[] next = new int[sequences.size()];
        RunTotals totals = new RunTotals(AnalysisInputs.named("live"), new InMemoryRowStore());
        Map<String, SummaryRow> held = new LinkedHashMap<>();
        boolean[] complete = {false};
        for (int sequence : turns) {
            totals.accept(sequences.get(sequence).get(next[sequence]++), (key, row) -> {
                SummaryRow before = held.remove(key);
                if (row == null) {
                    complete[0] &= before == null || before.getComplete() == null;
                    return;
                }
                held.put(key, row);
                if (row.getComplete() != null) {
                    complete[0] = true;
                    Iterator<String> oldest = held.keySet().iterator();
                    for (long stale = held.size() - row.getComplete().getRows() - 1; stale > 0; stale--) {
                        oldest.next();
                        oldest.remove();
                    }
                }
            });
        }
        return complete[0] ? held : Map.of();
    }

    @Test
    void theSecondLifeIsSaidAsIfItWereTheOnlyOne() {
        for (long seed = 0; seed < 40; seed++) {
            Map<String, SummaryRow> expected = read(sequences(seed, false), new Random(0));
            List<List<SummaryRow>> bothLives = sequences(seed, true);

            assertThat(expected).isNotEmpty();
            for (int order = 0; order < 10; order++) {
                assertThat(read(bothLives, new Random(seed * 10 + order)))
                        .as("seed %d, order %d", seed, order)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void aRunThatDoesNotComeAgainIsSaidNoMore() {
        List<List<SummaryRow>> sequences = sequences(7, true);
        for (int vcpu = 0; vcpu < STREAMS_BEFORE; vcpu++) {
            List<SummaryRow> rows = sequences.get(vcpu);
            rows.subList(rows.indexOf(forgotten(stream(vcpu))) + 1, rows.size()).clear();
        }
        sequences.get(STREAMS_BEFORE).subList(2, 4).clear();

        for (int order = 0; order < 50; order++) {
            assertThat(read(sequences, new Random(order))).as("order %d", order).isEmpty();
        }
    }
}
