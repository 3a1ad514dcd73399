package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P14XfdPermittedTest {
    @Test
    void anotherBitThanTileDataIsCaught() {
        RunOf run = RunOf.script(new TraceScript()
                .armed()
                .exit("CPUID")
                .r(0x1c4, 0x80000)
                .cpuid()
                .entry());

        assertThat(run.findings("P14")).hasSize(1);
        assertThat(run.findings("P14").get(0).getObserved()).isEqualTo("read_msr 1c4 = 80000");
    }

    @Test
    void tileDataIsPermittedUnlessCpuidLacksIt() {
        TraceScript unknown = new TraceScript().armed().soundTurn();
        TraceScript has = new TraceScript().entry().cpuidTurn(0xd, 0, 0x602e7).soundTurn();
        TraceScript lacks = new TraceScript().entry().cpuidTurn(0xd, 0, 0x202e7).soundTurn();

        assertThat(RunOf.script(unknown).verdict("P14")).isEqualTo(Verdict.CONFORMS);
        assertThat(RunOf.script(has).verdict("P14")).isEqualTo(Verdict.CONFORMS);
        assertThat(RunOf.script(lacks).verdict("P14")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void itNeedsNoEntryAndStandsAfterALoss() {
        RunOf run = RunOf.script(
                new TraceScript().gap().exit("CPUID").r(0x1c4, 0x80000).cpuid());

        assertThat(run.verdict("P14")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void whatAnotherVcpuReadOfItsCpuidSaysNothing() {
        TraceScript script = new TraceScript()
                .armed()
                .cpuidTurn(0xd, 0, 0x202e7)
                .other("kvm_track_tsc", false)
                .soundTurn();

        assertThat(RunOf.script(script).findings("P14")).isEmpty();
    }

    @Test
    void aNewVcpuHasACpuidOfItsOwnEvenBeforeItArms() {
        TraceScript script = new TraceScript()
                .entry()
                .cpuidTurn(0xd, 0, 0x202e7)
                .other("kvm_track_tsc", false)
                .soundTurn();

        assertThat(RunOf.script(script).findings("P14")).isEmpty();
    }

    @Test
    void aReadThatIsNoSyncIsNotTheGuests() {
        RunOf run = RunOf.script(new TraceScript()
                .armed()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .cpuid()
                .rLate(0x1c4, 0x80000)
                .entry());

        assertThat(run.findings("P14")).isEmpty();
    }
}
