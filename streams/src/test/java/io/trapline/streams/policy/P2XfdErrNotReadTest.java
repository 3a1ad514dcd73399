package io.trapline.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P2XfdErrNotReadTest {
    @Test
    void aReadForADisarmedGuestIsCaught() {
        TraceScript script = new TraceScript()
                .armed()
                .exitNm()
                .r(0x1c4, 0)
                .r(0x1c5, 0)
                .injNm()
                .entry();

        assertThat(RunOf.script(script).causes("P2")).containsExactly("disarmed");
    }

    @Test
    void aReadThatFailsIsCaught() {
        TraceScript script =
                new TraceScript().entry().exitNm().rFailed(0x1c5).injNm().entry();

        assertThat(RunOf.script(script).causes("P2")).containsExactly("no such register");
    }

    @Test
    void noReadForADisarmedGuestConforms() {
        TraceScript script =
                new TraceScript().armed().exitNm().r(0x1c4, 0).injNm().entry();

        assertThat(verdict(script)).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void theReadOfAnArmedGuestIsNotItsMatter() {
        TraceScript script = new TraceScript().armed().soundFault();

        assertThat(verdict(script)).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    private static Verdict verdict(TraceScript script) {
        return RunOf.script(script).verdict("P2");
    }

    /** The guest may have armed XFD without an exit since KVM last knew it; that the sync is missing is P8's. */
    @Test
    void aReadWithoutItsSyncIsNotItsMatter() {
        TraceScript script = new TraceScript()
                .armed()
                .exit("CPUID")
                .r(0x1c4, 0)
                .cpuid()
                .entry()
                .exitNm()
                .r(0x1c5, 0x40000)
                .w(0x1c5, 0)
                .injNm()
                .w(0x1c5, 0x40000)
                .entry();

        assertThat(RunOf.script(script).causes("P2")).isEmpty();
        assertThat(RunOf.script(script).causes("P8")).containsExactly("EXCEPTION_NMI");
    }
}
