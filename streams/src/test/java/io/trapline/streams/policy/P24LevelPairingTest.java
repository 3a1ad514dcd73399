package io.trapline.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import java.util.List;
import org.junit.jupiter.api.Test;

class P24LevelPairingTest {
    /** A whole round that shows all nested families; L1 runs. */
    private static TraceScript round() {
        return new TraceScript()
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exit("CPUID")
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry();
    }

    private static TraceScript inL2() {
        return round().exit("VMRESUME").nenter(0x1000, 0x30).entryAt(0x30);
    }

    @Test
    void aWholeRoundConforms() {
        RunOf run = RunOf.script(
                inL2().exit("CPUID").nexit("CPUID").nreflect("CPUID").entry());

        assertThat(run.findings()).isEmpty();
        assertThat(run.counts("P24").getChecked()).isEqualTo(5);
    }

    @Test
    void aNestedEntryInL2IsCaught() {
        RunOf run =
                RunOf.script(inL2().exit("VMRESUME").nexit("VMRESUME").nenter().entry());

        assertThat(run.finding().getCause()).isEqualTo("entry in L2");
        assertThat(run.verdict("P24")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void anExitOfL2InL1IsCaught() {
        RunOf run = RunOf.script(
                round().exit("VMRESUME").entry().exit("CPUID").nexit("CPUID").entry());

        assertThat(run.finding().getCause()).isEqualTo("exit in L1");
    }

    @Test
    void aReflectionInL1IsCaught() {
        RunOf run = RunOf.script(round().exit("CPUID").cpuid().nreflect("CPUID").entry());

        assertThat(run.finding().getCause()).isEqualTo("reflection in L1");
    }

    @Test
    void anExitOfL2WithoutItsRecordIsCaughtAndTheLevelIsUnknownThen() {
        RunOf run = RunOf.script(inL2().exit("EPT_VIOLATION").pageFault().entry());

        assertThat(run.finding().getCause()).isEqualTo("EPT_VIOLATION");
        assertThat(run.exit("unknown", 48, "").getTime().getSamples()).isEqualTo(1);
    }

    @Test
    void theFastTimerOfL2IsExcused() {
        assertThat(RunOf.script(inL2().exit("PREEMPTION_TIMER").entry()).findings())
                .isEmpty();
    }

    @Test
    void aFailedNestedEntryIsNone() {
        RunOf run = RunOf.script(round().exit("VMRESUME")
                .nenterFailed()
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry());

        assertThat(run.findings()).isEmpty();
    }

    @Test
    void anEntryThatFailsBehindItsRecordIsExcusedByTheRip() {
        RunOf run = RunOf.script(round().exit("VMRESUME")
                .nenter(0x1000, 0x30)
                .entryAt(0xffff_0000L)
                .exit("CPUID")
                .cpuid()
                .entry());

        assertThat(run.findings()).isEmpty();
    }

    @Test
    void aSyntheticExitConforms() {
        RunOf run = RunOf.script(inL2().exit("EPT_VIOLATION")
                .nexit("EPT_VIOLATION")
                .pageFault()
                .nreflect("EXTERNAL_INTERRUPT")
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry());

        assertThat(run.findings()).isEmpty();
    }

    @Test
    void userSpaceInitAndSystemManagementExcuseWhatFollows() {
        TraceScript restored =
                inL2().exit("IO_INSTRUCTION").nexit("IO_INSTRUCTION").userspace(2);
        TraceScript reset = inL2().exit("EXTERNAL_INTERRUPT")
                .nexit("EXTERNAL_INTERRUPT")
                .fpu(false)
                .fpu(true);
        TraceScript managed =
                inL2().exit("EXTERNAL_INTERRUPT").nexit("EXTERNAL_INTERRUPT").smm();

        assertThat(List.of(restored, reset, managed))
                .allSatisfy(script -> assertThat(RunOf.script(
                                        script.entry().exit("CPUID").cpuid().entry())
                                .findings())
                        .isEmpty());
    }

    @Test
    void leavingSystemManagementForL2IsANestedEntry() {
        RunOf run = RunOf.script(inL2().exit("EXTERNAL_INTERRUPT")
                .nexit("EXTERNAL_INTERRUPT")
                .smm()
                .entry()
                .exit("CPUID")
                .smm()
                .nenter(0x1000, 0x30)
                .entryAt(0x30)
                .exit("CPUID")
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry());

        assertThat(run.findings()).isEmpty();
    }

    @Test
    void whatATracepointThatIsOffWouldHaveSaidIsNoFinding() {
        TraceScript noExits = new TraceScript()
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exit("CPUID")
                .nreflect("CPUID")
                .entry();
        TraceScript noReflections = new TraceScript()
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exit("CPUID")
                .nexit("CPUID")
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20);
        TraceScript noEntries = new TraceScript()
                .entry()
                .exit("VMRESUME")
                .entry()
                .exit("CPUID")
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry()
                .exit("VMRESUME")
                .entry()
                .exit("CPUID")
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry();

        assertThat(List.of(noExits, noReflections, noEntries))
                .allSatisfy(
                        script -> assertThat(RunOf.script(script).findings()).isEmpty());
        assertThat(RunOf.script(noExits).verdict("P24")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void oldSvmReflectsLateAndThatIsSound() {
        TraceScript script = new TraceScript()
                .svm()
                .entry()
                .exit("vmrun")
                .nenter()
                .entry()
                .exit("cpuid")
                .nexit("cpuid")
                .nreflect("cpuid")
                .entry()
                .exit("vmrun")
                .nenter()
                .entry()
                .exit("nmi")
                .nreflect("nmi")
                .entry();

        assertThat(RunOf.script(script).verdict("P24")).isEqualTo(Verdict.VIOLATED);
        assertThat(RunOf.script(
                                run -> {
                                    run.setKernelFrom("5.4");
                                    run.setKernelTo("5.4");
                                },
                                script)
                        .findings())
                .isEmpty();
    }

    @Test
    void afterALossItIsUndecidedOrOpen() {
        RunOf after =
                RunOf.script(inL2().exit("EPT_VIOLATION").pageFault().entry().gap());
        RunOf before = RunOf.script(
                inL2().gap().entry().exit("EPT_VIOLATION").pageFault().entry());

        assertThat(after.findings()).isEmpty();
        assertThat(after.counts("P24").getUndecided()).isEqualTo(1);
        assertThat(before.findings()).isEmpty();
    }
}
