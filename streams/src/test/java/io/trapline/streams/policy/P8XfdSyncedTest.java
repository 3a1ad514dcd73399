package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.avro.FamilyRecorded;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import java.util.List;
import org.junit.jupiter.api.Test;

class P8XfdSyncedTest {
    private static TraceScript armed() {
        return new TraceScript().armed();
    }

    @Test
    void aSlowExitWithoutSyncIsCaughtWithItsTurnAndTheProofOfNowi() {
        RunOf run = RunOf.script(armed().exit("EPT_VIOLATION").pageFault().entry());

        FindingRow finding = run.finding();
        assertThat(run.verdict("P8")).isEqualTo(Verdict.VIOLATED);
        assertThat(finding.getCause()).isEqualTo("EPT_VIOLATION");
        assertThat(finding.getSeq()).isEqualTo(5);
        assertThat(finding.getSource()).isEqualTo(6);
        assertThat(finding.getRepeats()).isEqualTo(1);
        assertThat(finding.getStateBefore()).containsEntry("nowi", "true").containsEntry("xfd", "0x40000");
        assertThat(finding.getEvidence()).extracting(EvidenceLine::getSeq).containsExactly(3L, 5L, 6L, 7L);
        assertThat(finding.getEvidence().get(0).getText()).isEqualTo("kvm_msr: msr_write 1c4 = 0x40000");
    }

    @Test
    void theSameTurnWithSyncConforms() {
        RunOf run = RunOf.script(
                armed().exit("EPT_VIOLATION").r(0x1c4, XTILE).pageFault().entry());

        assertThat(run.verdict("P8")).isEqualTo(Verdict.CONFORMS);
        assertThat(run.findings()).isEmpty();
    }

    @Test
    void aSyncAfterRecordsOfTheHostsInterruptIsStillInTheWindow() {
        RunOf run = RunOf.script(
                armed().exit("EXTERNAL_INTERRUPT").irq().r(0x1c4, XTILE).entry());

        assertThat(run.verdict("P8")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void aSyncWithIrqsOnIsTooLate() {
        RunOf run =
                RunOf.script(armed().exit("CPUID").cpuid().rLate(0x1c4, XTILE).entry());

        assertThat(run.finding().getObserved()).isEqualTo("read_msr 1c4 only with IRQs on");
    }

    @Test
    void withoutFlagsTheFirstSlowRecordEndsTheWindow() {
        TraceScript script = new TraceScript().withoutFlags().armed();

        RunOf early = RunOf.script(script.exit("CPUID").r(0x1c4, XTILE).cpuid().entry());
        RunOf late = RunOf.script(new TraceScript()
                .withoutFlags()
                .armed()
                .exit("CPUID")
                .cpuid()
                .r(0x1c4, XTILE)
                .entry());

        assertThat(early.verdict("P8")).isEqualTo(Verdict.CONFORMS);
        assertThat(late.verdict("P8")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void theFastPathIsExcused() {
        RunOf run = RunOf.script(armed().exit("MSR_WRITE")
                .fastIpi()
                .g(0x830, 0xfd)
                .entry()
                .exit("PREEMPTION_TIMER")
                .entry()
                .exit("HLT")
                .entry());

        assertThat(run.counts("P8").getViolations()).isZero();
        assertThat(run.verdict("P8")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void anExitOfTheFastPathsListIsNotExcusedOnceASlowRecordFollows() {
        RunOf run = RunOf.script(armed().exit("HLT").fpu(false).fpu(true).entry());

        assertThat(run.verdict("P8")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void anMsrWriteWithoutKvmMsrIsOpenWhereThoseAreNotRecorded() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .entry()
                .exit("MSR_WRITE")
                .entry());

        assertThat(run.verdict("P8")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void withoutAnyProofOfNowiNothingIsJudged() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .exit("CPUID")
                .cpuid()
                .w(0x1c4, 0)
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry());

        assertThat(run.verdict("P8")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void theTurnThatArmsIsNotJudged() {
        assertThat(RunOf.script(armed()).verdict("P8")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void whatHostMsrEventsWouldSayIsHeldAndNotApplicableIfThereNeverAreAny() {
        TraceScript blind = new TraceScript()
                .entry()
                .exit("MSR_WRITE")
                .g(0x1c4, XTILE)
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry();

        assertThat(RunOf.script(blind).verdict("P8")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void heldFindingsStandIfTheRunSaysThatTheFamilyWasRecorded() {
        TraceScript blind = new TraceScript()
                .entry()
                .exit("MSR_WRITE")
                .g(0x1c4, XTILE)
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry();

        RunOf run = RunOf.script(
                description -> description.setFamilies(List.of(new FamilyRecorded("msr", true, false))), blind);

        assertThat(run.verdict("P8")).isEqualTo(Verdict.VIOLATED);
        assertThat(run.finding().getAwaits()).isEmpty();
    }

    @Test
    void heldFindingsStandIfAnotherStreamShowsTheFamily() {
        TraceScript blind = new TraceScript()
                .entry()
                .exit("MSR_WRITE")
                .g(0x1c4, XTILE)
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry();
        TraceScript host = new TraceScript(new StreamKey("run", StreamKey.HOST, 0)).w(0x1c4, 0);

        assertThat(RunOf.script(blind, host).verdict("P8")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void heldFindingsStandIfTheFamilyComesLaterAndFallIfAWriteProvesThatItWasOff() {
        TraceScript later = new TraceScript()
                .entry()
                .exit("MSR_WRITE")
                .g(0x1c4, XTILE)
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry()
                .soundTurn();
        TraceScript off = new TraceScript()
                .entry()
                .exit("MSR_WRITE")
                .g(0x1c4, XTILE)
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry()
                .exit("MSR_WRITE")
                .nexit("MSR_WRITE")
                .g(0x1c4, 0)
                .entry()
                .soundTurn();

        assertThat(RunOf.script(later).counts("P8").getViolations()).isEqualTo(1);
        // Its own turn is held again: nothing says since when msr:* is on.
        assertThat(RunOf.script(off).counts("P8").getViolations()).isEqualTo(1);
    }

    @Test
    void afterALossAMissingSyncIsUndecided() {
        RunOf before = RunOf.script(armed().exit("CPUID").cpuid().entry().gap());
        RunOf after = RunOf.script(armed().gap().entry().exit("CPUID").cpuid().entry());
        RunOf elsewhere = RunOf.script(
                description -> description.setLossMarkers(1),
                armed().exit("CPUID").cpuid().entry());

        assertThat(List.of(before, after, elsewhere)).allSatisfy(run -> {
            assertThat(run.findings()).isEmpty();
            assertThat(run.verdict("P8")).isEqualTo(Verdict.UNDECIDED);
            assertThat(run.counts("P8").getUndecided()).isEqualTo(1);
        });
    }

    @Test
    void aTurnWithoutEntryIsJudgedOnlyIfItsWindowIsOver() {
        RunOf over = RunOf.script(armed().exit("CPUID").cpuid());
        RunOf open = RunOf.script(armed().exit("CPUID"));

        assertThat(over.verdict("P8")).isEqualTo(Verdict.VIOLATED);
        assertThat(open.verdict("P8")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void afterUnpairedRecordsNothingMissingCountsUntilTheFpuIsLoaded() {
        TraceScript stopped = armed().entry().exit("CPUID").cpuid().entry();
        TraceScript loaded = armed().entry()
                .exit("CPUID")
                .fpu(true)
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry();

        assertThat(RunOf.script(stopped).counts("P8").getUndecided()).isEqualTo(1);
        assertThat(RunOf.script(loaded).counts("P8").getViolations()).isEqualTo(1);
    }

    @Test
    void theSyncIsDueWhileL2RunsToo() {
        RunOf run = RunOf.script(armed().exit("CPUID").nexit("CPUID").cpuid().entry());

        assertThat(run.finding().getLevel()).isEqualTo("L2");
    }

    @Test
    void equalCausesAreOneFinding() {
        TraceScript script = armed();
        for (int i = 0; i < 100; i++) {
            script.exit("CPUID").cpuid().entry();
        }

        FindingRow finding = RunOf.script(script).finding();

        assertThat(finding.getRepeats()).isEqualTo(100);
        assertThat(finding.getFirstSeq()).isEqualTo(5);
        assertThat(finding.getLastSeq()).isEqualTo(5 + 99 * 3);
    }
}
