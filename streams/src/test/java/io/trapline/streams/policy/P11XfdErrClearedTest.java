package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P11XfdErrClearedTest {
    private static TraceScript pending() {
        return new TraceScript().armed().w(0x1c5, XTILE).exit("CPUID").r(0x1c4, XTILE);
    }

    @Test
    void anExitThatLeavesTheGuestsValueIsCaught() {
        RunOf run = RunOf.script(new TraceScript()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .cpuid()
                .w(0x1c5, XTILE)
                .entry()
                .exit("EXTERNAL_INTERRUPT")
                .r(0x1c4, XTILE)
                .w(0x1c5, XTILE)
                .entry());

        assertThat(run.finding().getPolicy()).isEqualTo("P11");
        assertThat(run.finding().getCause()).isEqualTo("EXTERNAL_INTERRUPT");
    }

    @Test
    void clearedAndGivenBackItConforms() {
        RunOf run = RunOf.script(new TraceScript()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .cpuid()
                .w(0x1c5, XTILE)
                .entry()
                .exit("EXTERNAL_INTERRUPT")
                .r(0x1c4, XTILE)
                .irq()
                .w(0x1c5, 0)
                .w(0x1c5, XTILE)
                .entry());

        assertThat(run.findings()).isEmpty();
        assertThat(run.verdict("P11")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void aRecordingThatBeginsWithTheRestoreKnowsTheValue() {
        RunOf run = RunOf.script(pending().cpuid().w(0x1c5, XTILE).entry());

        assertThat(run.finding().getPolicy()).isEqualTo("P11");
    }

    @Test
    void clearedWithIrqsOnIsTooLate() {
        RunOf run =
                RunOf.script(pending().cpuid().wLate(0x1c5, 0).w(0x1c5, XTILE).entry());

        assertThat(run.finding().getObserved()).isEqualTo("write_msr 1c5 = 0 only with IRQs on");
    }

    @Test
    void theHostsOwnHandlerInUserSpaceIsNoLateClear() {
        RunOf run = RunOf.script(
                pending().userspace(2).wLate(0x1c5, 0).w(0x1c5, XTILE).entry());

        assertThat(run.finding().getObserved()).isEqualTo("no write_msr 1c5 = 0");
    }

    @Test
    void aCaptureOfZeroNeedsNoClear() {
        RunOf run = RunOf.script(new TraceScript()
                .armed()
                .w(0x1c5, XTILE)
                .exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, 0)
                .injNm()
                .entry());

        assertThat(run.counts("P11").getViolations()).isZero();
        assertThat(run.counts("P10").getViolations()).isZero();
    }

    @Test
    void theFastPathClearsNothing() {
        RunOf run = RunOf.script(new TraceScript()
                .armed()
                .w(0x1c5, XTILE)
                .exit("PREEMPTION_TIMER")
                .entry()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .w(0x1c5, 0)
                .cpuid()
                .w(0x1c5, XTILE)
                .entry());

        assertThat(run.findings()).isEmpty();
        assertThat(run.counts("P11").getChecked()).isEqualTo(1);
    }

    @Test
    void anOpenTurnIsJudgedOnceItsWindowIsOver() {
        assertThat(RunOf.script(pending().cpuid()).verdict("P11")).isEqualTo(Verdict.VIOLATED);
        assertThat(RunOf.script(pending()).verdict("P11")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void afterALossItIsUndecided() {
        RunOf run = RunOf.script(pending().cpuid().w(0x1c5, XTILE).entry().gap());

        assertThat(run.verdict("P11")).isEqualTo(Verdict.UNDECIDED);
    }

    /** A #NM that captured 0 has nothing to clear; without intr_info it is any exception, on which R16 would have. */
    @Test
    void exitsThatDoNotSayWhichExceptionLeaveNothingToJudge() {
        TraceScript script = new TraceScript()
                .withoutIntrInfo()
                .armed()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .w(0x1c5, 0)
                .cpuid()
                .w(0x1c5, XTILE)
                .entry()
                .exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, 0)
                .injNm()
                .entry();

        RunOf run = RunOf.script(script);

        assertThat(run.findings()).isEmpty();
        assertThat(run.verdict("P11")).isEqualTo(Verdict.NOT_APPLICABLE);
    }
}
