package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P10XfdErrRestoredTest {
    private static TraceScript trapped() {
        return new TraceScript()
                .armed()
                .exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, XTILE)
                .w(0x1c5, 0)
                .injNm();
    }

    private static TraceScript delivered() {
        return trapped().w(0x1c5, XTILE).entry();
    }

    @Test
    void aCapturedFaultThatTheEntryDoesNotGiveBackIsCaught() {
        RunOf run = RunOf.script(trapped().entry());

        assertThat(run.finding().getPolicy()).isEqualTo("P10");
        assertThat(run.finding().getExpected())
                .isEqualTo("write_msr 1c5 = 40000 before the kvm_entry after EXCEPTION_NMI");
    }

    @Test
    void givenBackItConforms() {
        RunOf run = RunOf.script(delivered());

        assertThat(run.findings()).isEmpty();
        assertThat(run.verdict("P10")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void aReflectedFaultIsGivenBackWithoutInjection() {
        RunOf run = RunOf.script(new TraceScript()
                .armed()
                .exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, XTILE)
                .w(0x1c5, 0)
                .nexit("EXCEPTION_NMI")
                .nreflect("EXCEPTION_NMI")
                .w(0x1c5, XTILE)
                .entry());

        assertThat(run.findings()).isEmpty();
    }

    @Test
    void whatTheGuestWroteIsPending() {
        TraceScript sound = new TraceScript()
                .armed()
                .exit("MSR_WRITE")
                .r(0x1c4, 0)
                .g(0x1c5, XTILE)
                .w(0x1c5, XTILE)
                .entry();
        TraceScript bad = new TraceScript()
                .armed()
                .exit("MSR_WRITE")
                .r(0x1c4, 0)
                .g(0x1c5, XTILE)
                .entry();

        assertThat(RunOf.script(sound).findings()).isEmpty();
        assertThat(RunOf.script(bad).finding().getPolicy()).isEqualTo("P10");
    }

    @Test
    void theLaterOfCaptureAndGuestWriteIsPending() {
        TraceScript cleared = delivered()
                .exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .w(0x1c5, 0)
                .g(0x1c5, 0)
                .entry()
                .soundTurn();

        assertThat(RunOf.script(cleared).findings()).isEmpty();
        assertThat(RunOf.script(cleared).counts("P10").getChecked()).isEqualTo(3);
    }

    @Test
    void afterALossAValueThatIsNotPendingIsUndecided() {
        TraceScript script = new TraceScript()
                .armed()
                .gap()
                .entry()
                .exit("MSR_WRITE")
                .r(0x1c4, 0)
                .g(0x1c5, 0)
                .w(0x1c5, XTILE)
                .entry();

        assertThat(RunOf.script(script).findings()).isEmpty();
        assertThat(RunOf.script(script).verdict("P10")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aRefusedWriteIsNotPending() {
        TraceScript script = new TraceScript()
                .armed()
                .soundTurn()
                .exit("MSR_WRITE")
                .r(0x1c4, 0)
                .guest(true, 0x1c5, 0x20000, true)
                .entry();

        assertThat(RunOf.script(script).findings()).isEmpty();
    }

    @Test
    void userSpaceMayHaveChangedIt() {
        TraceScript script = trapped().userspace(2).entry();

        assertThat(RunOf.script(script).findings()).isEmpty();
        assertThat(RunOf.script(script).counts("P10").getUndecided()).isEqualTo(1);
    }

    /** Where kvm_msr is not recorded, a write exit may have been the guest's clear. */
    @Test
    void aWriteThatNoRecordNamesMayHaveChangedIt() {
        TraceScript script =
                delivered().exit("MSR_WRITE").r(0x1c4, XTILE).w(0x1c5, 0).entry();

        assertThat(RunOf.script(script).findings()).isEmpty();
        assertThat(RunOf.script(script).counts("P10").getUndecided()).isEqualTo(1);
    }

    @Test
    void theFastPathLeavesItInTheRegister() {
        TraceScript script = delivered().exit("PREEMPTION_TIMER").entry();

        assertThat(RunOf.script(script).findings()).isEmpty();
    }

    @Test
    void anUnknownValueIsNotCompared() {
        TraceScript script = new TraceScript().entry().exit("CPUID").cpuid().entry();

        assertThat(RunOf.script(script).verdict("P10")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void withoutHostMsrEventsItIsNotApplicable() {
        TraceScript script = new TraceScript()
                .entry()
                .exit("MSR_WRITE")
                .g(0x1c5, XTILE)
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry();

        assertThat(RunOf.script(script).verdict("P10")).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(RunOf.script(script).verdict("P11")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    /** Without intr_info a #NM is any exception: what it captured cannot be told from the host's own reading. */
    @Test
    void exitsThatDoNotSayWhichExceptionLeaveNothingToJudge() {
        RunOf sound = RunOf.script(new TraceScript()
                .withoutIntrInfo()
                .armed()
                .soundTurn()
                .exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, XTILE)
                .w(0x1c5, 0)
                .injNm()
                .w(0x1c5, XTILE)
                .entry()
                .soundTurn());

        assertThat(sound.findings()).isEmpty();
        assertThat(sound.verdict("P10")).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(sound.verdict("P8")).isEqualTo(Verdict.CONFORMS);
    }

    /** Not even where other exits of the stream say it. */
    @Test
    void oneExitThatDoesNotSayItMakesThePendingValueUnknown() {
        RunOf run = RunOf.script(delivered()
                .withoutIntrInfo()
                .exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, 0)
                .entry());

        assertThat(run.findings()).isEmpty();
        assertThat(run.counts("P10").getChecked())
                .isEqualTo(RunOf.script(delivered()).counts("P10").getChecked());
    }
}
