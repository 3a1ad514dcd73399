package io.trapline.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.event.EventFields.VmEntry;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P26AmxMsrsRefusedTest {
    private static TraceScript exit() {
        return new TraceScript().svm().entry().exit("msr", 1, 0);
    }

    @Test
    void anyAccessThatSucceedsIsCaught() {
        assertThat(RunOf.script(exit().g(0x1c4, 0x40000).entry()).verdict("P26"))
                .isEqualTo(Verdict.VIOLATED);
        assertThat(RunOf.script(exit().gRead(0x1c5, 0).entry()).verdict("P26")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void oneThatGivesGpConforms() {
        RunOf run = RunOf.script(exit().gRefused(0x1c4, 0x40000)
                .injGp()
                .entry()
                .exit("msr")
                .guest(false, 0x1c4, 0, true)
                .injGp()
                .entry());

        assertThat(run.verdict("P26")).isEqualTo(Verdict.CONFORMS);
        assertThat(run.counts("P26").getChecked()).isEqualTo(2);
    }

    @Test
    void oneThatIsRefusedWithoutAFaultIsCaught() {
        RunOf run = RunOf.script(exit().gRefused(0x1c4, 0).inj(6, 0, false).entry());

        assertThat(run.verdict("P26")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void theFaultOfL2MayGoToL1() {
        TraceScript l2 =
                exit().nexit("msr").gRefused(0x1c4, 0).nreflect("GP excp").entry();

        assertThat(RunOf.script(l2).verdict("P26")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void kernelsThatNobodyHasReadAreNotJudged() {
        TraceScript recent = new TraceScript().svm();
        recent.entry().events().set(VmEntry.INTR_INFO, 0);
        recent.exit("msr", 1, 0).g(0x1c4, 0x40000).entry();

        assertThat(RunOf.script(run -> run.setKernelFrom("7.2"), recent).verdict("P26"))
                .isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(RunOf.script(run -> run.setKernelFrom("6.18"), recent).verdict("P26"))
                .isEqualTo(Verdict.UNDECIDED);
    }
}
