package io.trapline.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import java.util.List;
import org.junit.jupiter.api.Test;

class P25InjectionEnteredTest {
    private static final long RIP = 0xffff_ffff_8100_0000L;
    private static final long GP_INFO = 0x80000b0dL;

    private static TraceScript guest() {
        return new TraceScript().entry().exit("CPUID").cpuid();
    }

    @Test
    void anotherExceptionThanTheAnnouncedIsCaught() {
        RunOf run = RunOf.script(guest().inj(7).entryAt(RIP, GP_INFO));

        assertThat(run.finding().getPolicy()).isEqualTo("P25");
        assertThat(run.finding().getObserved()).isEqualTo("intr_info 0x80000b0d");
    }

    @Test
    void theAnnouncedExceptionConforms() {
        assertThat(RunOf.script(guest().inj(13).entryAt(RIP, GP_INFO)).verdict("P25"))
                .isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void anEntryThatCarriesNothingIsCaught() {
        assertThat(RunOf.script(guest().inj(7).entryAt(RIP, 0)).verdict("P25")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void anInterruptEntersWithItsVectorAndType() {
        assertThat(RunOf.script(guest().virq(0x31).entryAt(RIP, 0x80000031L)).verdict("P25"))
                .isEqualTo(Verdict.CONFORMS);
        assertThat(RunOf.script(guest().softIrq(0x31).entryAt(RIP, 0x80000431L)).verdict("P25"))
                .isEqualTo(Verdict.CONFORMS);
        assertThat(RunOf.script(guest().virq(0x31).entryAt(RIP, 0x80000032L)).verdict("P25"))
                .isEqualTo(Verdict.VIOLATED);
        assertThat(RunOf.script(guest().virq(0x31).entryAt(RIP, 0x80000331L)).verdict("P25"))
                .isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aBreakpointIsASoftExceptionOnVmxOnly() {
        assertThat(RunOf.script(guest().inj(3).entryAt(RIP, 0x80000603L)).verdict("P25"))
                .isEqualTo(Verdict.CONFORMS);
        TraceScript svm = new TraceScript().svm().entry().exit("cpuid").cpuid();
        assertThat(RunOf.script(svm.inj(3).entryAt(RIP, 0x80000303L)).verdict("P25"))
                .isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void theLastAnnouncementCountsAndNoReinjectedOne() {
        assertThat(RunOf.script(guest().inj(7).inj(13).entryAt(RIP, GP_INFO)).verdict("P25"))
                .isEqualTo(Verdict.CONFORMS);
        assertThat(RunOf.script(guest().injAgain(7).entryAt(RIP, GP_INFO)).verdict("P25"))
                .isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(RunOf.script(guest().inj(13).injAgain(13).entryAt(RIP, GP_INFO))
                        .verdict("P25"))
                .isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void whatMayHaveTakenItsPlaceIsUndecided() {
        RunOf doubleFault = RunOf.script(guest().inj(7).entryAt(RIP, 0x80000b08L));
        RunOf nmi = RunOf.script(guest().inj(7).entryAt(RIP, 0x80000202L));
        RunOf reinjected = RunOf.script(guest().inj(7).injAgain(13).entryAt(RIP, GP_INFO));
        RunOf userSpace = RunOf.script(guest().inj(7).userspace(2).entryAt(RIP, GP_INFO));
        RunOf reset = RunOf.script(guest().virq(9).fpu(false).fpu(true).entryAt(RIP, 0));
        RunOf realMode = RunOf.script(guest().virq(9).entryAt(0xf123, 0));

        assertThat(List.of(doubleFault, nmi, reinjected, userSpace, reset, realMode))
                .allSatisfy(run -> {
                    assertThat(run.findings()).isEmpty();
                    assertThat(run.verdict("P25")).isEqualTo(Verdict.UNDECIDED);
                });
    }

    @Test
    void whatWasForL2DoesNotEnterL1() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20, 0)
                .exit("EPT_VIOLATION")
                .nexit("EPT_VIOLATION")
                .inj(14)
                .nreflect("EXTERNAL_INTERRUPT")
                .entryAt(RIP, 0));

        assertThat(run.findings()).isEmpty();
        assertThat(run.verdict("P25")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void ofAGuestHypervisorItWaitsForReflections() {
        TraceScript silent = new TraceScript()
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20, 0)
                .exit("EPT_VIOLATION")
                .nexit("EPT_VIOLATION")
                .inj(14)
                .entryAt(RIP, 0);

        assertThat(RunOf.script(silent).findings()).isEmpty();
        assertThat(RunOf.script(silent).verdict("P25")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void entriesThatDoNotSayAreNotJudged() {
        assertThat(RunOf.script(guest().inj(7).entryAt(RIP)).verdict("P25")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void afterALossItIsUndecided() {
        RunOf run = RunOf.script(guest().inj(7).entryAt(RIP, GP_INFO).gap());

        assertThat(run.findings()).isEmpty();
        assertThat(run.verdict("P25")).isEqualTo(Verdict.UNDECIDED);
    }
}
