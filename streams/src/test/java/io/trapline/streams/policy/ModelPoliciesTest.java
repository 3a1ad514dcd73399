package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

/** P7, P16 and P18 judge what only an emulator tells. */
class ModelPoliciesTest {
    private static final int B01 = 1;
    private static final int B02 = 2;
    private static final int B12 = 12;

    /** R28: L2 is the first to arm XFD, and only vmcs02 learns of it. */
    private static TraceScript armedInL2() {
        return new TraceScript()
                .exceptionBitmap(B01, false)
                .entry()
                .exit("VMLAUNCH")
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exit("CPUID")
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exit("MSR_WRITE")
                .nexit("MSR_WRITE")
                .w(0x1c4, XTILE)
                .g(0x1c4, XTILE)
                .exceptionBitmap(B02, true)
                .entry()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .nexit("CPUID")
                .nreflect("CPUID");
    }

    @Test
    void aBitmapThatWasNotRewrittenIsCaughtAfterL1HasRun() {
        RunOf run = RunOf.script(
                armedInL2().entry().exit("CPUID").r(0x1c4, XTILE).cpuid().entry());

        assertThat(run.findings("P7")).hasSize(1);
        assertThat(run.counts("P7").getChecked()).isEqualTo(1);
        assertThat(run.findings("P7").get(0).getExpected()).contains("L1");
    }

    @Test
    void bothBitmapsRewrittenConform() {
        RunOf run = RunOf.script(armedInL2()
                .exceptionBitmap(B01, true)
                .entry()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .cpuid()
                .entry());

        assertThat(run.findings("P7")).isEmpty();
        assertThat(run.counts("P7").getChecked()).isEqualTo(2);
    }

    @Test
    void aFaultOfAnArmedXfdWithoutAnExitIsCaught() {
        TraceScript script = new TraceScript()
                .armed()
                .guestNm(XTILE)
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .cpuid()
                .entry();
        TraceScript lazy = new TraceScript()
                .armed()
                .guestNm(0)
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .cpuid()
                .entry();

        assertThat(RunOf.script(script).verdict("P7")).isEqualTo(Verdict.VIOLATED);
        assertThat(RunOf.script(lazy).findings("P7")).isEmpty();
    }

    private static TraceScript merged(boolean b01, boolean b12, boolean b02) {
        return new TraceScript()
                .entry()
                .exit("VMLAUNCH")
                .intercept(B01, 0x48, true, b01)
                .intercept(B12, 0x48, true, b12)
                .intercept(B02, 0x48, true, b02)
                .nenter(0x1000, 0x20)
                .entryAt(0x20);
    }

    @Test
    void whatL0OrL1InterceptsIsNotOpenForL2() {
        assertThat(RunOf.script(merged(true, false, false)).verdict("P16")).isEqualTo(Verdict.VIOLATED);
        assertThat(RunOf.script(merged(false, true, false)).verdict("P16")).isEqualTo(Verdict.VIOLATED);
        assertThat(RunOf.script(merged(false, false, false)).verdict("P16")).isEqualTo(Verdict.CONFORMS);
        assertThat(RunOf.script(merged(true, true, true)).findings("P16")).isEmpty();
    }

    @Test
    void anAccessOfL2WithoutAnExitShowsTheLeakToo() {
        TraceScript script = merged(false, true, true)
                .passthrough(true, 0x48)
                .exit("CPUID")
                .nexit("CPUID")
                .entry();
        TraceScript reads = merged(false, true, true)
                .passthrough(false, 0x48)
                .exit("CPUID")
                .nexit("CPUID")
                .entry();

        assertThat(RunOf.script(script).findings("P16")).hasSize(1);
        assertThat(RunOf.script(reads).findings("P16")).isEmpty();
    }

    private static TraceScript opened() {
        return new TraceScript().armed().soundTurn().intercept(B01, 0x1c4, true, false);
    }

    @Test
    void aSlowExitWithoutSyncAlthoughTheBitmapIsOpenIsCaught() {
        assertThat(RunOf.script(opened().exit("CPUID").cpuid().entry()).findings("P18"))
                .hasSize(1);
        assertThat(RunOf.script(opened().soundTurn()).verdict("P18")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void withWritesInterceptedNoSyncIsNeeded() {
        TraceScript script =
                opened().intercept(B01, 0x1c4, true, true).exit("CPUID").cpuid().entry();

        assertThat(RunOf.script(script).verdict("P18")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void recordingsHaveNothingForThem() {
        RunOf run = RunOf.script(new TraceScript().armed().soundTurn());

        assertThat(run.verdict("P7")).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(run.verdict("P16")).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(run.verdict("P18")).isEqualTo(Verdict.NOT_APPLICABLE);
    }
}
