package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P9SyncBeforeCaptureTest {
    @Test
    void theSyncBeforeTheCaptureConforms() {
        TraceScript script = new TraceScript().armed().soundFault();

        assertThat(verdict(script)).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void theSyncAfterTheCaptureIsCaught() {
        TraceScript script = new TraceScript()
                .armed()
                .exitNm()
                .r(0x1c5, XTILE)
                .w(0x1c5, 0)
                .r(0x1c4, XTILE)
                .injNm()
                .w(0x1c5, XTILE)
                .entry();

        RunOf run = RunOf.script(script);
        assertThat(run.causes("P9")).containsExactly("order");
        assertThat(run.findings()).hasSize(1);
    }

    @Test
    void aStaleZeroThatSkipsTheCaptureIsCaught() {
        TraceScript script = new TraceScript()
                .armed()
                .exit("CPUID")
                .r(0x1c4, 0)
                .cpuid()
                .entry()
                .exitNm()
                .r(0x1c4, XTILE)
                .injNm()
                .entry();

        assertThat(RunOf.script(script).causes("P9")).containsExactly("stale XFD");
    }

    @Test
    void withoutAStaleValueTheMissingCaptureIsNotItsMatter() {
        TraceScript script = new TraceScript()
                .armed()
                .soundTurn()
                .exitNm()
                .r(0x1c4, XTILE)
                .injNm()
                .entry();

        assertThat(RunOf.script(script).causes("P9")).isEmpty();
        assertThat(RunOf.script(script).causes("P1")).containsExactly("never");
    }

    private static Verdict verdict(TraceScript script) {
        return RunOf.script(script).verdict("P9");
    }
}
