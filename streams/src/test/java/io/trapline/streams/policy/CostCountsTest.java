package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

/** P21 and P22 count what the merged code pays; neither is ever violated. */
class CostCountsTest {
    @Test
    void syncsOfL2AreCountedAndThoseOfL1AreNot() {
        RunOf run = RunOf.script(new TraceScript()
                .armed()
                .soundTurn()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry());

        assertThat(run.counts("P21").getChecked()).isEqualTo(1);
        assertThat(run.counts("P21").getViolations()).isZero();
    }

    @Test
    void trapsOfAnUnarmedGuestAndThoseThatCaptureNothingAreCounted() {
        RunOf run = RunOf.script(new TraceScript()
                .armed()
                .soundFault()
                .exitNm()
                .r(0x1c4, 0)
                .injNm()
                .entry()
                .exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, 0)
                .injNm()
                .entry());

        assertThat(run.counts("P22").getChecked()).isEqualTo(2);
        assertThat(run.counts("P22").getViolations()).isZero();
    }

    @Test
    void whereMsrIsNotRecordedTrapsCannotBeToldApart() {
        RunOf run = RunOf.script(new TraceScript().entry().exitNm().injNm().entry());

        assertThat(run.verdict("P22")).isEqualTo(Verdict.NOT_APPLICABLE);
    }
}
