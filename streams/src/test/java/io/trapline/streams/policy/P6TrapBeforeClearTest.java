package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P6TrapBeforeClearTest {
    @Test
    void aClearWithoutATrapIsCaught() {
        TraceScript script = new TraceScript().armed().soundTurn().guestClears();

        assertThat(RunOf.script(script).causes("P6")).containsExactly("untrapped #NM");
    }

    @Test
    void theClearAfterATrapConforms() {
        TraceScript script = new TraceScript()
                .armed()
                .soundFault()
                .exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .w(0x1c5, 0)
                .g(0x1c5, 0)
                .entry();

        assertThat(verdict(script)).isEqualTo(Verdict.CONFORMS);
        assertThat(RunOf.script(script).findings()).isEmpty();
    }

    @Test
    void oneTrapServesOneClear() {
        TraceScript script = new TraceScript()
                .armed()
                .soundFault()
                .exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .w(0x1c5, 0)
                .g(0x1c5, 0)
                .entry()
                .guestClears();

        assertThat(RunOf.script(script).causes("P6")).containsExactly("untrapped #NM");
    }

    @Test
    void theGuestsOwnValueMayBeCleared() {
        TraceScript script = new TraceScript()
                .armed()
                .exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .g(0x1c5, XTILE)
                .w(0x1c5, XTILE)
                .entry()
                .exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .w(0x1c5, 0)
                .g(0x1c5, 0)
                .entry();

        assertThat(verdict(script)).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void aGuestThatHasDisarmedMayWriteZero() {
        TraceScript script = new TraceScript()
                .armed()
                .soundTurn()
                .exit("MSR_WRITE")
                .r(0x1c4, 0)
                .g(0x1c5, 0)
                .entry();

        assertThat(verdict(script)).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void atTheBeginningATrapMayLieBefore() {
        TraceScript script =
                new TraceScript().exit("MSR_WRITE").r(0x1c4, XTILE).g(0x1c5, 0).entry();

        assertThat(verdict(script)).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void afterATurnThatRestoresNothingThereIsNothingToClear() {
        TraceScript script = new TraceScript()
                .exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .g(0x1c5, 0)
                .w(0x1c4, XTILE)
                .entry()
                .soundTurn()
                .guestClears();

        assertThat(RunOf.script(script).causes("P6")).containsExactly("untrapped #NM");
    }

    @Test
    void whereExitsDoNotSayTheirExceptionItSaysNothing() {
        TraceScript script =
                new TraceScript().withoutIntrInfo().armed().soundTurn().guestClears();

        assertThat(verdict(script)).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    private static Verdict verdict(TraceScript script) {
        return RunOf.script(script).verdict("P6");
    }
}
