package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.Run;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class P13InvalidWriteTest {
    private static TraceScript write() {
        return new TraceScript().entry().exit("MSR_WRITE");
    }

    @ParameterizedTest
    @ValueSource(longs = {0x20000, 0x40004, 1L << 63, -1})
    void anAcceptedBitBesideTileDataIsCaught(long value) {
        RunOf run = RunOf.script(write().g(0x1c4, value).entry());

        assertThat(run.findings("P13")).hasSize(1);
        assertThat(run.findings("P13").get(0).getExpected())
                .startsWith("msr_write 1c4 = 0x" + Long.toHexString(value) + " (#GP)");
        assertThat(RunOf.script(write().g(0x1c5, value).entry()).verdict("P13")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void tileDataAndZeroAreValid() {
        RunOf run = RunOf.script(
                write().g(0x1c4, XTILE).entry().exit("MSR_WRITE").g(0x1c5, 0).entry());

        assertThat(run.findings("P13")).isEmpty();
        assertThat(run.counts("P13").getChecked()).isEqualTo(2);
    }

    @Test
    void aGuestWithoutXfdInCpuidMayWriteNothing() {
        TraceScript without = new TraceScript().entry().cpuidTurn(0xd, 1, 0xf);
        TraceScript with = new TraceScript().entry().cpuidTurn(0xd, 1, 0x1f);

        assertThat(RunOf.script(without.exit("MSR_WRITE").g(0x1c4, 0).entry()).verdict("P13"))
                .isEqualTo(Verdict.VIOLATED);
        assertThat(RunOf.script(with.exit("MSR_WRITE").g(0x1c4, 0).entry()).verdict("P13"))
                .isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void withoutPermissionForTileDataZeroIsStillAccepted() {
        TraceScript zero = new TraceScript().entry().cpuidTurn(0xd, 1, 0x1f).cpuidTurn(0xd, 0, 0x202e7);
        TraceScript tile = new TraceScript().entry().cpuidTurn(0xd, 1, 0x1f).cpuidTurn(0xd, 0, 0x202e7);

        assertThat(RunOf.script(zero.exit("MSR_WRITE").g(0x1c4, 0).entry()).verdict("P13"))
                .isEqualTo(Verdict.CONFORMS);
        assertThat(RunOf.script(tile.exit("MSR_WRITE").g(0x1c5, XTILE).entry()).verdict("P13"))
                .isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void leavesOfAnotherNumberSayNothingOfXfd() {
        TraceScript script = new TraceScript().entry().cpuidTurn(0xd, 2, 0).cpuidTurn(7, 1, 0);

        assertThat(RunOf.script(script.exit("MSR_WRITE").g(0x1c4, XTILE).entry())
                        .verdict("P13"))
                .isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void aRefusedWriteGivesGpWithCodeZero() {
        RunOf given = RunOf.script(write().gRefused(0x1c4, 0x20000).injGp().entry());
        RunOf none = RunOf.script(write().gRefused(0x1c4, 0x20000)
                .entry()
                .exit("MSR_WRITE")
                .gRefused(0x1c4, 0x20000)
                .injGp()
                .entry());
        RunOf other =
                RunOf.script(write().gRefused(0x1c4, 0x20000).inj(6, 0, false).entry());
        RunOf code =
                RunOf.script(write().gRefused(0x1c4, 0x20000).inj(13, 8, false).entry());

        assertThat(given.verdict("P13")).isEqualTo(Verdict.CONFORMS);
        assertThat(none.counts("P13").getViolations()).isEqualTo(1);
        assertThat(other.verdict("P13")).isEqualTo(Verdict.VIOLATED);
        assertThat(code.verdict("P13")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aReinjectedExceptionIsNotTheAnswer() {
        RunOf run = RunOf.script(
                write().gRefused(0x1c4, 0x20000).inj(14, 2, true).injGp().entry());

        assertThat(run.verdict("P13")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void whereInjectionsAreNotRecordedNothingIsMissing() {
        assertThat(RunOf.script(write().gRefused(0x1c4, 0x20000).entry()).verdict("P13"))
                .isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void userSpaceMayHaveTakenTheExceptionBack() {
        RunOf run = RunOf.script(write().gRefused(0x1c4, 0x20000)
                .userspace(2)
                .entry()
                .exit("CPUID")
                .injGp()
                .entry());

        assertThat(run.verdict("P13")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void theFaultOfL2MayGoToL1() {
        TraceScript l1 = write().nexit("MSR_WRITE").gRefused(0x1c4, 0x20000);
        TraceScript elsewhere = write().nexit("MSR_WRITE").gRefused(0x1c4, 0x20000);

        assertThat(RunOf.script(l1.nreflect("EXCEPTION_NMI", 0x80000b0dL).entry())
                        .verdict("P13"))
                .isEqualTo(Verdict.CONFORMS);
        assertThat(RunOf.script(elsewhere.nreflect("EXTERNAL_INTERRUPT", 0).entry())
                        .verdict("P13"))
                .isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aRefusedWriteOfL2ChangesNothingForTheNextSync() {
        TraceScript changed = armedL2().gRefused(0x1c4, 0x20000).injGp().entry();
        TraceScript kept = armedL2().gRefused(0x1c4, 0x20000).injGp().entry();

        RunOf run =
                RunOf.script(changed.exit("CPUID").r(0x1c4, 0).nexit("CPUID").entry());
        assertThat(run.findings("P13")).extracting(row -> row.getCause()).containsExactly("changed");
        assertThat(RunOf.script(kept.exit("CPUID")
                                .r(0x1c4, XTILE)
                                .nexit("CPUID")
                                .entry())
                        .findings("P13"))
                .isEmpty();
    }

    @Test
    void l1MayHaveWrittenAnOpenedXfdItself() {
        TraceScript script = armedL2()
                .gRefused(0x1c4, 0x20000)
                .nreflect("EXCEPTION_NMI", 0x80000b0dL)
                .entry()
                .exit("CPUID")
                .r(0x1c4, 0)
                .cpuid()
                .entry();

        assertThat(RunOf.script(script).findings("P13")).isEmpty();
    }

    /** L2 runs, and that the recording has reflections is known: without, L1 might have got the exit that is refused. */
    private static TraceScript armedL2() {
        return new TraceScript()
                .armed()
                .exit("VMLAUNCH")
                .r(0x1c4, XTILE)
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry()
                .exit("VMRESUME")
                .r(0x1c4, XTILE)
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry()
                .exit("VMRESUME")
                .r(0x1c4, XTILE)
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .nexit("MSR_WRITE");
    }

    @Test
    void anInterceptedReadShowsTheOldValueToo() {
        TraceScript script =
                new TraceScript().entry().exit("MSR_WRITE").g(0x1c4, 0).entry();
        script.exit("MSR_WRITE").gRefused(0x1c4, 0x20000).injGp().entry();

        assertThat(RunOf.script(script.exit("MSR_READ").gRead(0x1c4, 0x20000).entry())
                        .findings("P13"))
                .hasSize(1);
    }

    @Test
    void beforeKvmKnewTheMsrIgnoreMsrsAcceptsAnything() {
        Consumer<Run> old = run -> {
            run.setKernelFrom("5.10");
            run.setKernelTo("5.14");
        };
        Consumer<Run> maybeOld = run -> run.setKernelFrom("5.10");

        assertThat(RunOf.script(old, write().g(0x1c4, 0x20000).entry()).verdict("P13"))
                .isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(RunOf.script(maybeOld, write().g(0x1c4, 0x20000).entry()).verdict("P13"))
                .isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void onSvmItIsAnotherPolicys() {
        RunOf run = RunOf.script(new TraceScript()
                .svm()
                .entry()
                .exit("msr", 1, 0)
                .g(0x1c4, 0x20000)
                .entry());

        assertThat(run.verdict("P13")).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(run.verdict("P26")).isEqualTo(Verdict.VIOLATED);
    }
}
