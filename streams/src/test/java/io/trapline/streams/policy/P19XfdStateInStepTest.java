package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P19XfdStateInStepTest {
    private static TraceScript host() {
        return new TraceScript(new StreamKey("run", StreamKey.HOST, 0));
    }

    @Test
    void aHostsReadOfAnotherValueThanTheLastRecordIsCaught() {
        RunOf run =
                RunOf.script(host().w(0x1c4, XTILE).w(0x1c4, 0).w(0x1c5, 0).r(0x1c4, XTILE), new TraceScript().armed());

        assertThat(run.findings("P19")).hasSize(1);
        assertThat(run.findings("P19").get(0).getEvidence())
                .extracting(EvidenceLine::getSeq)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void theSameValueConformsAndItsWriterMayBeAVcpu() {
        RunOf run = RunOf.script(host().w(0x1c4, 0).copyOf(17).r(0x1c4, 0), new TraceScript().armed());

        assertThat(run.verdict("P19")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void whatAVcpusThreadReadsTheGuestMayHaveWritten() {
        RunOf run = RunOf.script(
                host().w(0x1c4, 0).copyOf(17).r(0x1c4, XTILE).copyOf(17).r(0x1c4, XTILE), new TraceScript().armed());

        assertThat(run.findings("P19")).isEmpty();
        assertThat(run.counts("P19").getChecked()).isEqualTo(1);
    }

    @Test
    void withoutExitsNobodyKnowsWhichThreadsRunGuests() {
        assertThat(RunOf.script(host().w(0x1c4, 0).r(0x1c4, XTILE)).verdict("P19"))
                .isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void afterALossNothingIsKnown() {
        RunOf run = RunOf.script(host().w(0x1c4, 0).gap().r(0x1c4, XTILE), new TraceScript().armed());

        assertThat(run.verdict("P19")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void withinATurnAReadAfterAWriteShowsWhatWasWritten() {
        TraceScript wrong = new TraceScript().armed().exit("CPUID").r(0x1c4, XTILE);
        TraceScript moved = new TraceScript().armed().exit("CPUID").r(0x1c4, XTILE);

        assertThat(RunOf.script(wrong.cpuid()
                                .wLate(0x1c4, 0)
                                .rLate(0x1c4, XTILE)
                                .entry())
                        .findings("P19"))
                .hasSize(1);
        assertThat(RunOf.script(moved.cpuid()
                                .wLate(0x1c4, 0)
                                .onCpu(1)
                                .rLate(0x1c4, XTILE)
                                .entry())
                        .findings("P19"))
                .isEmpty();
    }

    @Test
    void behindAnEntryTheGuestMayHaveWritten() {
        RunOf run = RunOf.script(new TraceScript()
                .armed()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .wLate(0x1c4, 0)
                .entry()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .entry());

        assertThat(run.verdict("P19")).isEqualTo(Verdict.NOT_APPLICABLE);
    }
}
