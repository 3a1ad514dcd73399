package io.trapline.streams.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.VcpuStateSnapshot;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.RecordCodec;
import io.trapline.streams.Rows;
import io.trapline.streams.TraceScript;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.profile.AnalysisInputs;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamFoldTest {
    private static final StreamKey STREAM = new StreamKey("run", "vm", 0);

    private final Rows rows = new Rows();
    private final StreamFold fold = new StreamFold("live", STREAM);
    private final RecordCodec<VcpuStateSnapshot> codec = new RecordCodec<>(VcpuStateSnapshot.class);

    private static EventColumns turns(int turns) {
        TraceScript script = new TraceScript();
        for (int i = 0; i < turns; i++) {
            script.entry().exit("CPUID").cpuid();
        }
        return script.events();
    }

    private StreamEndRow end() {
        fold.endNow(rows);
        return rows.of(StreamEndRow.class).get(0);
    }

    @Test
    void whatCameBeforeIsADuplicateAndIsFoldedOnce() {
        EventColumns events = turns(10);
        fold.fold(Cuts.chunk(events, 0, 20), rows);

        assertThat(fold.fold(Cuts.chunk(events, 0, 20), rows)).isEqualTo(StreamFold.Folded.DUPLICATE);
        assertThat(fold.fold(Cuts.chunk(events, 10, 30), rows)).isEqualTo(StreamFold.Folded.FOLDED);
        assertThat(end().getEvents()).isEqualTo(30);
    }

    @Test
    void aHoleIsAGapAndWhatLiesInItComesTooLate() {
        EventColumns events = turns(10);
        fold.fold(Cuts.chunk(events, 0, 8), rows);

        assertThat(fold.fold(Cuts.chunk(events, 12, 20), rows)).isEqualTo(StreamFold.Folded.FOLDED);
        assertThat(fold.fold(Cuts.chunk(events, 8, 12), rows)).isEqualTo(StreamFold.Folded.LATE);
        assertThat(fold.fold(Cuts.chunk(events, 10, 30), rows)).isEqualTo(StreamFold.Folded.LATE);
        assertThat(fold.fold(Cuts.chunk(events, 12, 20), rows)).isEqualTo(StreamFold.Folded.DUPLICATE);
        StreamEndRow end = end();
        assertThat(end.getEvents()).isEqualTo(26);
        assertThat(end.getGaps()).isEqualTo(1);
        assertThat(end.getLost()).isEqualTo(4);
        assertThat(end.getLateChunks()).isEqualTo(2);
        assertThat(end.getLastSeq()).isEqualTo(29);
    }

    @Test
    void manyHolesAreRememberedWithinTheLimit() {
        Holes holes = new Holes();
        IntStream.range(0, 1000).forEach(i -> holes.add(i * 10L, i * 10L + 2));

        assertThat(holes.bounds()).hasSize(2 * Holes.MAX);
        assertThat(holes.touch(9990, 9991)).isTrue();
        assertThat(holes.touch(9992, 9999)).isFalse();
        assertThat(holes.touch(0, 1)).isTrue();
    }

    @Test
    void anEndedStreamKeepsOnlyItsPosition() {
        EventColumns events = turns(10);
        fold.fold(events, rows);
        fold.endAt(29, rows);
        int before = rows.all().size();

        StreamFold restored =
                StreamFold.restore(AnalysisInputs.named("live"), STREAM, codec.decode(codec.encode(fold.snapshot())));
        restored.endAt(29, rows);
        restored.endNow(rows);

        assertThat(codec.encode(fold.snapshot())).hasSizeLessThan(40);
        assertThat(restored.ended()).isTrue();
        assertThat(restored.nextSeq()).isEqualTo(30);
        assertThat(restored.fold(events, rows)).isEqualTo(StreamFold.Folded.DUPLICATE);
        assertThat(rows.all()).hasSize(before);
    }

    @Test
    void whatLiesBehindTheAnnouncedEndIsLeftOut() {
        EventColumns events = turns(10);
        fold.endAt(19, rows);

        assertThat(fold.fold(events, rows)).isEqualTo(StreamFold.Folded.LATE);
        assertThat(rows.of(StreamEndRow.class).get(0).getEvents()).isEqualTo(20);
        assertThat(fold.fold(events, rows)).isEqualTo(StreamFold.Folded.LATE);
    }

    @Test
    void aStreamWithoutEventsEndsAtOnce() {
        fold.endAt(-1, rows);

        StreamEndRow end = rows.of(StreamEndRow.class).get(0);
        assertThat(end.getLastSeq()).isEqualTo(-1);
        assertThat(end.getFromTime()).isNull();
    }

    @Test
    void rowsOfAWindowGoOutWhenALaterOneBegins() {
        TraceScript script = new TraceScript().entry().exit("CPUID").cpuid().entry();
        fold.fold(script.events(), rows);
        assertThat(rows.of(ExitCostRow.class)).isEmpty();

        TraceScript later = new TraceScript()
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry()
                .after(3_000_000_000L)
                .exit("HLT")
                .entry();
        fold.fold(later.events(), rows);

        assertThat(rows.of(ExitCostRow.class)).hasSize(1);
        assertThat(rows.of(ExitCostRow.class).get(0).getWindow()).isZero();
        assertThat(rows.of(PolicyVerdictRow.class)).hasSize(1);
        fold.endNow(rows);
        assertThat(rows.of(ExitCostRow.class)).hasSize(2);
        assertThat(rows.of(ExitCostRow.class).get(1).getWindow()).isEqualTo(3);
        assertThat(rows.of(ExitCostRow.class).get(1).getTime().getSum()).isEqualTo(1000);
    }

    @Test
    void withoutAClockThereIsOneWindow() {
        EventColumns events = turns(5);
        EventColumns counted = new EventColumns();
        counted.reset(STREAM, 0, 0);
        IntStream.range(0, events.count()).forEach(row -> counted.appendFrom(events, row));
        counted.append(events.kind(0), Long.MAX_VALUE, 0, 0, 1);

        fold.fold(counted, rows);
        fold.endNow(rows);

        assertThat(rows.of(ExitCostRow.class)).hasSize(1);
    }

    @Test
    void watchersSeeTheOpenWindowAsProvisional() {
        fold.fold(turns(5), rows);
        Rows shown = new Rows();

        fold.provisional(shown);

        assertThat(rows.all()).isEmpty();
        assertThat(shown.of(ExitCostRow.class)).allMatch(ExitCostRow::getProvisional);
        assertThat(shown.of(PolicyVerdictRow.class)).allMatch(PolicyVerdictRow::getProvisional);
        assertThat(shown.all()).hasSize(2);
    }

    @Test
    void aFindingGoesOutAtOnceAndAgainWithItsFinalCount() {
        TraceScript script = new TraceScript().armed();
        IntStream.range(0, 5).forEach(i -> script.exit("CPUID").cpuid().entry());

        fold.fold(script.events(), rows);
        assertThat(rows.of(FindingRow.class)).extracting(FindingRow::getRepeats).containsExactly(1L);
        fold.endNow(rows);

        assertThat(rows.of(FindingRow.class)).extracting(FindingRow::getRepeats).containsExactly(1L, 5L);
    }

    @Test
    void findingsBeyondTheLimitAreOneMore() {
        TraceScript script = new TraceScript().armed();
        for (int reason = 100; reason < 100 + 2 * StreamTallies.FINDINGS_MAX; reason++) {
            script.exit("0x" + Integer.toHexString(reason)).cpuid().entry();
        }

        fold.fold(script.events(), rows);
        fold.endNow(rows);

        long findings = rows.of(FindingRow.class).stream()
                .map(FindingRow::getId)
                .distinct()
                .count();
        FindingRow last =
                rows.of(FindingRow.class).get(rows.of(FindingRow.class).size() - 1);
        assertThat(findings).isEqualTo(StreamTallies.FINDINGS_MAX + 1);
        assertThat(last.getCause()).isEqualTo(StreamTallies.OTHER_CAUSE);
        assertThat(last.getRepeats()).isEqualTo(StreamTallies.FINDINGS_MAX);
    }

    @Test
    void evidenceOfALongTurnIsItsBeginningAndItsEnd() {
        TraceScript script = new TraceScript().armed().exit("CPUID").cpuid();
        IntStream.range(0, 100).forEach(i -> script.other("kvm_set_irq", true));
        script.entry();

        fold.fold(script.events(), rows);

        FindingRow finding = rows.of(FindingRow.class).get(0);
        assertThat(finding.getEvidence()).hasSize(1 + SpanEvents.FIRST_MAX + SpanEvents.LAST_MAX);
        assertThat(finding.getEvidence().get(1).getSeq()).isEqualTo(5);
        assertThat(finding.getEvidence().get(24).getSeq()).isEqualTo(107);
    }

    @Test
    void hostStreamsAreOnlyCountedTheirExitsOpenAndCopiesNotEvenCounted() {
        StreamKey host = new StreamKey("run", StreamKey.HOST, 3);
        TraceScript script = new TraceScript(host).w(0x1c4, 0);
        script.w(0x1c5, 0).events().set(HostMsrAccess.THREAD, 17);
        script.exit("CPUID").exit("CPUID");
        StreamFold hostFold = new StreamFold("live", host);

        hostFold.fold(script.events(), rows);
        hostFold.endNow(rows);

        assertThat(rows.all()).hasSize(2);
        ExitCostRow exits = rows.of(ExitCostRow.class).get(0);
        assertThat(exits.getOpen()).isEqualTo(2);
        assertThat(exits.getTime().getSamples()).isZero();
        StreamEndRow end = rows.of(StreamEndRow.class).get(0);
        assertThat(end.getEvents()).isEqualTo(3);
        assertThat(end.getOpen()).isEqualTo(2);
        assertThat(end.getCopies()).isEqualTo(1);
        assertThat(end.getFamiliesSeen()).isNotZero();
    }

    @Test
    void timeThatGoesBackIsRaisedAndCounted() {
        TraceScript script =
                new TraceScript().entry().exit("CPUID").after(-500).entry().exit("HLT");

        fold.fold(script.events(), rows);

        StreamEndRow end = end();
        assertThat(end.getClamped()).isEqualTo(1);
        assertThat(rows.of(ExitCostRow.class).get(0).getTime().getSum()).isZero();
    }

    @Test
    void storedStateOfAnotherVersionIsRefused() {
        fold.fold(turns(1), rows);
        VcpuStateSnapshot snapshot = fold.snapshot();
        snapshot.setVersion(VcpuState.VERSION + 1);

        assertThatThrownBy(() -> StreamFold.restore(AnalysisInputs.named("live"), STREAM, snapshot))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version");
    }

    @Test
    void aChunkOfAnotherStreamIsABug() {
        EventColumns other =
                new TraceScript(new StreamKey("run", "vm", 1)).entry().events();

        assertThatThrownBy(() -> fold.fold(other, rows)).isInstanceOf(IllegalArgumentException.class);
    }

    /** At most 2 KiB in the median, in the middle of traces that use all there is. */
    @Test
    void storedStateIsSmall() {
        int[] sizes = IntStream.range(0, 200)
                .map(seed -> {
                    EventColumns events = SteadyTrace.of(seed, 400);
                    StreamFold each = new StreamFold("live", STREAM);
                    each.fold(events, new Rows());
                    return codec.encode(each.snapshot()).length;
                })
                .sorted()
                .toArray();

        assertThat(sizes[sizes.length / 2]).as(Arrays.toString(sizes)).isLessThanOrEqualTo(2048);
    }
}
