package io.trapline.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P15MsrExitRoutedTest {
    private static final long MSR_PROT = 1L << 28;
    private static final long PARAVIRTUAL = 0x4b564d00L;

    private static TraceScript vmx() {
        return new TraceScript().entry().exit("VMLAUNCH").nenter(0x1000, 0x20).entryAt(0x20);
    }

    private static TraceScript svm(long word3) {
        return new TraceScript()
                .svm()
                .entry()
                .exit("vmrun")
                .nenter()
                .nintercepts(0, word3)
                .entry();
    }

    private static TraceScript kept(TraceScript script, long msr) {
        return script.exit("MSR_WRITE_IMM", msr, 0)
                .nexit("MSR_WRITE_IMM")
                .g(msr, TraceScript.XTILE)
                .entry();
    }

    private static TraceScript reflected(TraceScript script, long msr) {
        return script.exit("MSR_WRITE_IMM", msr, 0)
                .nexit("MSR_WRITE_IMM")
                .nreflect("MSR_WRITE_IMM")
                .entry();
    }

    @Test
    void anMsrThatNoBitmapCoversMustGoToL1() {
        RunOf run = RunOf.script(
                vmx().exit("MSR_WRITE").nexit("MSR_WRITE").g(PARAVIRTUAL, 1).entry());

        assertThat(run.finding().getCause()).isEqualTo("kept outside the bitmap");
    }

    @Test
    void onlySvmsBitmapCoversTheThirdRange() {
        RunOf vmx = RunOf.script(
                vmx().exit("MSR_READ").nexit("MSR_READ").gRead(0xc0010015L, 1).entry());
        RunOf svm = RunOf.script(
                svm(MSR_PROT).exit("msr").nexit("msr").gRead(0xc0010015L, 1).entry());

        assertThat(vmx.verdict("P15")).isEqualTo(Verdict.VIOLATED);
        assertThat(svm.verdict("P15")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void aCoveredMsrMayBeKept() {
        RunOf run = RunOf.script(
                vmx().exit("MSR_WRITE").nexit("MSR_WRITE").g(0x1c4, 0x40000).entry());

        assertThat(run.verdict("P15")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void onSvmAnL1WithoutABitmapGetsNothingAndKeepsNothing() {
        RunOf reflected =
                RunOf.script(svm(0).exit("msr").nexit("msr").nreflect("msr").entry());
        RunOf kept = RunOf.script(
                svm(0).exit("msr").nexit("msr").gRead(PARAVIRTUAL, 1).entry());
        RunOf wanted = RunOf.script(
                svm(MSR_PROT).exit("msr").nexit("msr").nreflect("msr").entry());

        assertThat(reflected.finding().getCause()).isEqualTo("not wanted");
        assertThat(kept.verdict("P15")).isEqualTo(Verdict.CONFORMS);
        assertThat(wanted.verdict("P15")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void anAccessIsKeptOrReflectedNotBoth() {
        RunOf run = RunOf.script(vmx().exit("MSR_WRITE")
                .nexit("MSR_WRITE")
                .g(0x1c4, 0)
                .nreflect("MSR_WRITE")
                .entry());

        assertThat(run.finding().getCause()).isEqualTo("both ways");
    }

    @Test
    void aKeptAccessAfterWhichL1GetsSomethingElseIsNotBoth() {
        RunOf run = RunOf.script(vmx().exit("MSR_WRITE")
                .nexit("MSR_WRITE")
                .guest(true, 0x1c4, 1, true)
                .nreflect("EXCEPTION_NMI")
                .entry());

        assertThat(run.verdict("P15")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void anAnswerDoesNotTurnFromKeptToReflected() {
        assertThat(RunOf.script(reflected(kept(vmx(), 0x1c4), 0x1c4)).finding().getCause())
                .isEqualTo("another answer");
        assertThat(RunOf.script(reflected(kept(vmx(), 0x1c4), 0x1c5)).findings())
                .isEmpty();
    }

    @Test
    void l1MayOpenItsBitmapWithoutAnyExit() {
        TraceScript script =
                reflected(vmx(), 0x1c4).exit("VMRESUME").nenter(0x1000, 0x20).entryAt(0x20);

        assertThat(RunOf.script(kept(script, 0x1c4)).findings()).isEmpty();
    }

    @Test
    void whatMayChangeTheVmcsEndsTheHistory() {
        TraceScript script = kept(vmx(), 0x1c4)
                .exit("CPUID")
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry()
                .exit("VMWRITE")
                .cpuid()
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20);

        assertThat(RunOf.script(reflected(script, 0x1c4)).findings()).isEmpty();
    }

    @Test
    void theOldestOfManyAnswersMakesRoom() {
        TraceScript script = vmx();
        for (int msr = 0; msr < 100; msr++) {
            kept(script, msr);
        }

        assertThat(RunOf.script(reflected(reflected(script, 3), 99))
                        .counts("P15")
                        .getViolations())
                .isEqualTo(1);
    }

    @Test
    void whereOneSideIsNotRecordedItIsUndecided() {
        RunOf run = RunOf.script(vmx().exit("MSR_WRITE").nexit("MSR_WRITE").entry());

        assertThat(run.verdict("P15")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void afterALossItIsUndecided() {
        RunOf run = RunOf.script(vmx().exit("MSR_WRITE")
                .nexit("MSR_WRITE")
                .g(PARAVIRTUAL, 1)
                .entry()
                .gap());

        assertThat(run.findings()).isEmpty();
        assertThat(run.verdict("P15")).isEqualTo(Verdict.UNDECIDED);
    }
}
