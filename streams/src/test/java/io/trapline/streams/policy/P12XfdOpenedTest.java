package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import io.trapline.streams.core.Replay;
import org.junit.jupiter.api.Test;

class P12XfdOpenedTest {
    private static TraceScript armed() {
        return new TraceScript().armed();
    }

    @Test
    void accessesOfL1ThatStillExitAreCaught() {
        RunOf run = RunOf.script(armed().exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .w(0x1c4, 0)
                .g(0x1c4, 0)
                .entry()
                .exit("MSR_READ")
                .r(0x1c4, 0)
                .gRead(0x1c4, 0)
                .entry());

        assertThat(run.finding().getRepeats()).isEqualTo(2);
        assertThat(run.finding().getSeverity()).isEqualTo("PERF");
    }

    @Test
    void otherMsrsGoOnToExit() {
        RunOf run = RunOf.script(
                armed().exit("MSR_READ").r(0x1c4, XTILE).gRead(0x1b, 0).entry());

        assertThat(run.verdict("P12")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void zeroWritesBeforeArmingAndTheArmingWriteAreRight() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .exit("MSR_WRITE")
                .g(0x1c4, 0)
                .entry()
                .exit("MSR_WRITE")
                .w(0x1c4, XTILE)
                .g(0x1c4, XTILE)
                .entry());

        assertThat(run.findings()).isEmpty();
    }

    @Test
    void aRefusedWriteDoesNotArm() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .exit("MSR_WRITE")
                .guest(true, 0x1c4, 0x20000, true)
                .entry()
                .exit("MSR_WRITE")
                .g(0x1c4, XTILE)
                .entry());

        assertThat(run.findings()).isEmpty();
    }

    @Test
    void aSyncProvesThatUserSpaceArmedIt() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .w(0x1c4, 0)
                .g(0x1c4, 0)
                .entry());

        assertThat(run.verdict("P12")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void accessesOfL2AlwaysExit() {
        RunOf run = RunOf.script(armed().exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .nexit("MSR_WRITE")
                .w(0x1c4, 0)
                .g(0x1c4, 0)
                .entry());

        assertThat(run.findings()).isEmpty();
    }

    @Test
    void whereNothingNestedIsRecordedAGuestHypervisorMakesItUndecided() {
        RunOf run = RunOf.script(armed().exit("VMRESUME")
                .r(0x1c4, XTILE)
                .entry()
                .exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .w(0x1c4, 0)
                .g(0x1c4, 0)
                .entry());

        assertThat(run.verdict("P12")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void anMsrExitThatDoesNotNameItsMsrIsUndecided() {
        RunOf run = RunOf.script(
                armed().exit("MSR_WRITE").r(0x1c4, XTILE).userspace(30).entry());

        assertThat(run.verdict("P12")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aSteadyFlowOfZeroWritesIsReported() {
        TraceScript script = new TraceScript().entry();
        for (int i = 0; i < Replay.STEADY_ZERO_WRITES; i++) {
            script.exit("MSR_WRITE").g(0x1c4, 0).entry();
        }

        assertThat(RunOf.script(script).finding().getCause()).isEqualTo("zero writes");
    }
}
