package io.trapline.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import java.util.List;
import org.junit.jupiter.api.Test;

class P5NmDeliveredOnceTest {
    private static final long NM_INFO = 0x80000307L;

    /** A guest whose recording has kvm_inj_exception. */
    private static TraceScript guest() {
        return new TraceScript().entry().exit("CPUID").inj(13).entry();
    }

    private static TraceScript inL2() {
        return guest().exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exit("CPUID")
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20);
    }

    @Test
    void aSwallowedFaultIsCaught() {
        RunOf run = RunOf.script(guest().exitNm().cpuid().entry(0));

        assertThat(run.finding().getPolicy()).isEqualTo("P5");
        assertThat(run.finding().getCause()).isEqualTo("not delivered");
    }

    @Test
    void aFaultThatIsDeliveredOnceConforms() {
        RunOf run = RunOf.script(guest().exitNm().injNm().entry(NM_INFO));

        assertThat(run.findings()).isEmpty();
        assertThat(run.verdict("P5")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void aFaultThatIsQueuedTwiceIsCaught() {
        RunOf run = RunOf.script(guest().exitNm().injNm().injNm().entry());

        assertThat(run.finding().getCause()).isEqualTo("more than once");
    }

    @Test
    void aReinjectedOneNeverCounts() {
        RunOf twice = RunOf.script(guest().exitNm().injNm().injAgain(7).entry());
        RunOf only = RunOf.script(guest().exitNm().injAgain(7).entry());
        RunOf elsewhere = RunOf.script(guest().exit("EPT_VIOLATION").injAgain(7).entry());

        assertThat(twice.verdict("P5")).isEqualTo(Verdict.CONFORMS);
        assertThat(only.verdict("P5")).isEqualTo(Verdict.VIOLATED);
        assertThat(elsewhere.verdict("P5")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void anAnnouncedFaultThatTheEntryDoesNotCarryIsCaught() {
        RunOf run = RunOf.script(guest().exitNm().injNm().entryAt(0x100000, 0x80000b0dL));

        assertThat(run.findings()).extracting(finding -> finding.getPolicy()).containsExactlyInAnyOrder("P5", "P25");
    }

    @Test
    void inL2WhatL1GetsOrAnotherReflectedExitEndsIt() {
        RunOf reflected = RunOf.script(inL2().exitNm().nexitNm().nreflectNm().entry());
        RunOf another = RunOf.script(
                inL2().exitNm().nexitNm().nreflect("EXTERNAL_INTERRUPT").entry());
        RunOf announced = RunOf.script(
                inL2().exitNm().nexitNm().injNm().nreflect("EXTERNAL_INTERRUPT").entry(0));

        assertThat(List.of(reflected, another, announced))
                .allSatisfy(run -> assertThat(run.findings()).isEmpty());
        assertThat(announced.verdict("P5")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void deliveryToAnotherLevelIsCaught() {
        RunOf run = RunOf.script(
                inL2().exitNm().nexitNm().nreflect("EXTERNAL_INTERRUPT").injNm().entry());

        assertThat(run.finding().getCause()).isEqualTo("to another level");
    }

    @Test
    void inL2ASwallowedFaultIsCaught() {
        RunOf run = RunOf.script(inL2().exitNm().nexitNm().entry());

        assertThat(run.finding().getCause()).isEqualTo("not delivered");
        assertThat(run.finding().getLevel()).isEqualTo("L2");
    }

    @Test
    void userSpaceInitAndAFaultDuringDeliveryAreUndecided() {
        RunOf userSpace = RunOf.script(guest().exitNm().userspace(8).entry());
        RunOf reset = RunOf.script(guest().exitNm().fpu(false).fpu(true).entry());
        RunOf during = RunOf.script(guest().exitNmDuring(0x80000b0eL).entry());

        assertThat(List.of(userSpace, reset, during)).allSatisfy(run -> {
            assertThat(run.findings()).isEmpty();
            assertThat(run.verdict("P5")).isEqualTo(Verdict.UNDECIDED);
        });
    }

    @Test
    void withoutInjectionsRecordedOnlyTheEntryCanSay() {
        TraceScript blind = new TraceScript().entry().exitNm().cpuid().entry();
        TraceScript carried = new TraceScript().entry().exitNm().cpuid().entry(NM_INFO);
        TraceScript swallowed = new TraceScript().entry().exitNm().cpuid().entry(0);

        assertThat(RunOf.script(blind).verdict("P5")).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(RunOf.script(carried).verdict("P5")).isEqualTo(Verdict.CONFORMS);
        assertThat(RunOf.script(swallowed).verdict("P5")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void withoutIntrInfoNoExitIsKnownToBeANm() {
        RunOf run = RunOf.script(
                guest().withoutIntrInfo().exit("EXCEPTION_NMI").cpuid().entry());

        assertThat(run.verdict("P5")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void withoutReflectionsRecordedAFaultOfL2IsUndecided() {
        TraceScript script = guest().exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exitNm()
                .nexitNm()
                .entry();

        assertThat(RunOf.script(script).findings()).isEmpty();
        assertThat(RunOf.script(script).verdict("P5")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void afterALossItIsUndecided() {
        RunOf before = RunOf.script(guest().exitNm().cpuid().entry().gap());
        RunOf after = RunOf.script(guest().gap().entry().exitNm().cpuid().entry());

        assertThat(List.of(before, after))
                .allSatisfy(run -> assertThat(run.verdict("P5")).isEqualTo(Verdict.UNDECIDED));
    }
}
