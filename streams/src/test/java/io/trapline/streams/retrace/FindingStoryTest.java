package io.trapline.streams.retrace;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import io.trapline.streams.core.StateItem;
import io.trapline.streams.profile.AnalysisInputs;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FindingStoryTest {
    private static Story story(TraceScript script) {
        return story(script.events(), RunOf.script(script).finding());
    }

    private static Story story(EventColumns events, FindingRow finding) {
        FindingStory story = new FindingStory(
                new FindingStory.Wanted(
                        events.stream(),
                        finding.getId(),
                        finding.getSeq(),
                        Rule.valueOf(finding.getRule()),
                        finding.getEvidence().stream().map(EvidenceLine::getSeq).collect(Collectors.toSet())),
                AnalysisInputs.named("live"));
        for (int row = 0; row < events.count(); row++) {
            EventColumns chunk = new EventColumns();
            chunk.reset(events.stream(), events.clockHz(), row);
            chunk.appendFrom(events, row);
            story.accept(chunk);
        }
        return story.finish();
    }

    private static EventKind kindAt(TraceScript script, Story.Step step) {
        return script.events().kind((int) step.event().getSeq());
    }

    @Test
    void aMissingSyncShouldHaveStoodBeforeTheRecordThatEndsTheWindow() {
        TraceScript script = new TraceScript()
                .armed()
                .exit("EPT_VIOLATION")
                .fastIpi()
                .pageFault()
                .cpuid()
                .entry();

        Story story = story(script);

        assertThat(story.steps()).hasSize(7);
        assertThat(kindAt(script, story.steps().get(story.missing()))).isEqualTo(EventKind.PAGE_FAULT);
        assertThat(story.steps().get(0).changes())
                .contains(
                        new Story.Change(StateItem.NOWI, "unknown", "true"),
                        new Story.Change(StateItem.XFD, "unknown", "0x40000"));
    }

    @Test
    void aMissingRestoreShouldHaveStoodBeforeTheEntry() {
        TraceScript script = new TraceScript()
                .armed()
                .exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, XTILE)
                .w(0x1c5, 0)
                .injNm()
                .entry();

        Story story = story(script);

        assertThat(story.missing()).isEqualTo(story.steps().size() - 1);
        assertThat(kindAt(script, story.steps().get(story.missing()))).isEqualTo(EventKind.VM_ENTRY);
    }

    @Test
    void theTurnThatIsOpenAtTheEndIsJudgedThere() {
        Story story = story(new TraceScript().armed().exit("CPUID").cpuid());

        assertThat(story.missing()).isEqualTo(2);
        assertThat(story.steps().get(2).deeds()).containsExactly(Deed.WINDOW_OVER);
    }

    @Test
    void whatIsKnownIsWhatWasKnownBefore() {
        Story story = story(new TraceScript().armed().exit("CPUID").cpuid().entry());

        assertThat(story.known()).extracting(Story.Known::item).contains(StateItem.NOWI, StateItem.XFD);
        Story.Known phase = story.known().get(0);
        assertThat(phase.item()).isEqualTo(StateItem.PHASE);
        assertThat(phase.value()).isEqualTo("in guest");
        assertThat(phase.since().getSeq()).isEqualTo(4);
    }

    @Test
    void nothingIsMissingWhereARecordIsWrong() {
        Story story = story(new TraceScript()
                .armed()
                .exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .g(0x1c4, 0)
                .entry());

        assertThat(story.missing()).isEqualTo(Story.NOTHING_MISSING);
    }

    /** The first of several; and a long turn of which the evidence leaves out the middle. */
    @Test
    void theStoryIsThatOfTheFirstTime() {
        TraceScript script = new TraceScript().armed();
        for (int time = 0; time < 3; time++) {
            script.exit("CPUID");
            for (int record = 0; record < 40; record++) {
                script.add(EventKind.MMIO, EventFlags.RECORDED);
            }
            script.entry();
        }

        FindingRow finding = RunOf.script(script).finding();
        Story story = story(script.events(), finding);

        assertThat(finding.getRepeats()).isEqualTo(3);
        assertThat(story.steps()).hasSize(finding.getEvidence().size());
        assertThat(story.steps().get(1).event().getSeq()).isEqualTo(finding.getSeq());
    }

    @Test
    void anotherStreamDoesNotTellIt() {
        FindingRow finding = RunOf.script(
                        new TraceScript().armed().exit("CPUID").cpuid().entry())
                .finding();

        assertThatThrownBy(() -> story(new TraceScript().armed().soundTurn().events(), finding))
                .hasMessageContaining(finding.getId());
    }
}
