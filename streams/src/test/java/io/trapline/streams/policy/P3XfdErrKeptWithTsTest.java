package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P3XfdErrKeptWithTsTest {
    @Test
    void aReadOfZeroIsAHintAtCr0Ts() {
        TraceScript script = new TraceScript()
                .armed()
                .exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, 0)
                .injNm()
                .entry();

        RunOf run = RunOf.script(script);
        assertThat(run.causes("P3")).containsExactly("CR0.TS");
        assertThat(run.findings()).hasSize(1);
    }

    @Test
    void itSaysWhatIsOverwritten() {
        TraceScript script = new TraceScript()
                .armed()
                .exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .g(0x1c5, XTILE)
                .w(0x1c5, XTILE)
                .entry()
                .exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, 0)
                .injNm()
                .entry();

        assertThat(RunOf.script(script).finding().getObserved()).contains("the guest's 40000");
    }

    @Test
    void aReadOfTheFaultConforms() {
        TraceScript script = new TraceScript().armed().soundFault();

        assertThat(verdict(script)).isEqualTo(Verdict.CONFORMS);
    }

    private static Verdict verdict(TraceScript script) {
        return RunOf.script(script).verdict("P3");
    }
}
