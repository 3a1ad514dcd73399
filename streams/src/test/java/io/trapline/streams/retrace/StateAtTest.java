package io.trapline.streams.retrace;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.event.EventColumns;
import io.trapline.streams.TraceScript;
import io.trapline.streams.core.StateItem;
import io.trapline.streams.profile.Moment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateAtTest {
    private static final Moment END = at(Moment.By.SEQ, "1000000");

    private final EventColumns events =
            new TraceScript().fpu(true).armed().soundTurn().exit("HLT").events();

    private static Moment at(Moment.By by, String value) {
        return new Moment(by, new BigDecimal(value));
    }

    private StateAt.Found found(Moment moment, int chunkMax) {
        StateAt at = new StateAt(events.stream(), moment);
        for (int from = 0; from < events.count(); from += chunkMax) {
            EventColumns chunk = new EventColumns();
            chunk.reset(events.stream(), events.clockHz(), from);
            for (int row = from; row < Math.min(from + chunkMax, events.count()); row++) {
                chunk.appendFrom(events, row);
            }
            at.accept(chunk);
        }
        return at.found();
    }

    @Test
    void anItemNamesTheEventThatMadeItWhatItIs() {
        StateAt.Found found = found(END, 1_000);

        assertThat(found.items().text(StateItem.NOWI)).isEqualTo("true");
        assertThat(found.since().get(StateItem.NOWI))
                .isEqualTo(new EvidenceLine(4L, events.time(4), 5L, "kvm_msr: msr_write 1c4 = 0x40000"));
        assertThat(found.since().get(StateItem.FPU).getText()).isEqualTo("kvm_fpu: load");
        assertThat(found.since()).doesNotContainKey(StateItem.EVENTS_LOST);
        assertThat(found.next()).isNull();
    }

    /** Not the entry before the write, nor the sync after it. */
    @Test
    void theMomentLiesBehindTheEventThatIsNamed() {
        for (Moment moment : List.of(
                at(Moment.By.SEQ, "4"),
                at(Moment.By.SOURCE, "5"),
                at(Moment.By.TIME, BigDecimal.valueOf(events.time(4), 9).toPlainString()))) {
            StateAt.Found found = found(moment, 3);

            assertThat(found.last().getSeq()).as("%s", moment).isEqualTo(4);
            assertThat(found.next().getSeq()).isEqualTo(5);
            assertThat(found.items().known(StateItem.NOWI)).isTrue();
        }
        assertThat(found(at(Moment.By.SEQ, "3"), 3).items().known(StateItem.NOWI))
                .isFalse();
    }

    @Test
    void beforeTheFirstEventNothingIsKnownAndBehindTheLastAllThatEverWas() {
        StateAt.Found before = found(at(Moment.By.TIME, "0.0"), 5);

        assertThat(before.last()).isNull();
        assertThat(before.next().getSeq()).isZero();
        assertThat(before.items().known(StateItem.PHASE)).isFalse();
        StateAt.Found behind = found(at(Moment.By.TIME, "99999999999999999999.0"), 5);
        assertThat(behind.next()).isNull();
        assertThat(behind.last().getSeq()).isEqualTo(events.count() - 1L);
    }

    @Test
    void whereChunksAreCutMeansNothing() {
        for (int seq = 0; seq < events.count(); seq++) {
            Moment moment = at(Moment.By.SEQ, "" + seq);
            StateAt.Found whole = found(moment, 1_000);
            for (int chunkMax = 1; chunkMax < 5; chunkMax++) {
                StateAt.Found cut = found(moment, chunkMax);
                assertThat(cut.since()).isEqualTo(whole.since());
                assertThat(cut.last()).isEqualTo(whole.last());
                assertThat(cut.next()).isEqualTo(whole.next());
                assertThat(texts(cut)).isEqualTo(texts(whole));
            }
        }
    }

    private static List<String> texts(StateAt.Found found) {
        List<String> texts = new ArrayList<>();
        for (StateItem item : StateItem.values()) {
            texts.add(item.title() + "=" + found.items().text(item));
        }
        return texts;
    }

    /** Printed times are rounded; the time that was read off the report belongs to its event. */
    @Test
    void aPrintedTimeMeansTheUnitsThatArePrintedAsIt() {
        Moment printed = at(Moment.By.TIME, "0.000000007");

        assertThat(printed.limit(1_000_000_000)).isEqualTo(7);
        // 3 units of 2.5 GHz are 1.2 ns.
        assertThat(at(Moment.By.TIME, "0.000000001").limit(2_500_000_000L)).isEqualTo(3);
        assertThat(at(Moment.By.TIME, "13.738170").limit(1_000_000)).isEqualTo(13_738_170);
        assertThat(at(Moment.By.TIME, "13.7381704").limit(1_000_000)).isEqualTo(13_738_170);
    }

    @Test
    void aTurnsItemsAreItsOwn() {
        StateAt.Found found = found(END, 4);

        assertThat(found.since().get(StateItem.SYNCED).getText()).startsWith("kvm_exit: ");
        assertThat(found.since().get(StateItem.SYNCED).getSeq()).isEqualTo(events.count() - 1L);
        assertThat(found.items().text(StateItem.SYNCED)).isEqualTo("false");
        assertThat(found.items().value(StateItem.XFD)).isEqualTo(XTILE);
    }
}
