package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P1XfdErrCapturedTest {
    @Test
    void aFaultThatIsReadInTheWindowConforms() {
        TraceScript script = new TraceScript().armed().soundFault();

        assertThat(verdict(script)).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void aFaultThatIsNotReadIsCaught() {
        TraceScript script =
                new TraceScript().armed().exitNm().r(0x1c4, XTILE).injNm().entry();

        assertThat(RunOf.script(script).causes("P1")).containsExactly("never");
    }

    @Test
    void readAfterAnInterruptOrWithIrqsOnIsTooLate() {
        TraceScript interrupted = new TraceScript()
                .armed()
                .exitNm()
                .r(0x1c4, XTILE)
                .irq()
                .r(0x1c5, XTILE)
                .w(0x1c5, 0)
                .injNm()
                .w(0x1c5, XTILE)
                .entry();
        TraceScript irqsOn = new TraceScript()
                .armed()
                .exitNm()
                .r(0x1c4, XTILE)
                .rLate(0x1c5, XTILE)
                .injNm()
                .w(0x1c5, XTILE)
                .entry();

        assertThat(RunOf.script(interrupted).causes("P1")).containsExactly("late");
        assertThat(RunOf.script(irqsOn).causes("P1")).containsExactly("late");
    }

    @Test
    void from614OnCr0TsMayBeTheReason() {
        TraceScript script = new TraceScript()
                .withRequests()
                .armed()
                .exitNm()
                .r(0x1c4, XTILE)
                .injNm()
                .entry();

        assertThat(RunOf.script(script).findings()).isEmpty();
        assertThat(verdict(script)).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aFaultOfAGuestThatHasDisarmedIsNotItsMatter() {
        TraceScript script =
                new TraceScript().armed().exitNm().r(0x1c4, 0).injNm().entry();

        assertThat(verdict(script)).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void aTurnThatBreaksOffInsideItsWindowIsNotJudged() {
        TraceScript script = new TraceScript().armed().exitNm().r(0x1c4, XTILE);

        assertThat(verdict(script)).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void afterALossItIsUndecided() {
        TraceScript script = new TraceScript()
                .armed()
                .gap()
                .entry()
                .exitNm()
                .r(0x1c4, XTILE)
                .injNm()
                .entry();

        assertThat(RunOf.script(script).findings()).isEmpty();
        assertThat(verdict(script)).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void whereReadsWereNotRecordedNothingIsMissing() {
        // R16 clears what R12 read: the read was there, and its tracepoint was off.
        TraceScript script = new TraceScript()
                .entry()
                .exit("MSR_WRITE")
                .w(0x1c4, XTILE)
                .g(0x1c4, XTILE)
                .entry()
                .exitNm()
                .w(0x1c5, 0)
                .injNm()
                .w(0x1c5, XTILE)
                .entry();

        assertThat(RunOf.script(script).findings()).isEmpty();
    }

    private static Verdict verdict(TraceScript script) {
        return RunOf.script(script).verdict("P1");
    }
}
