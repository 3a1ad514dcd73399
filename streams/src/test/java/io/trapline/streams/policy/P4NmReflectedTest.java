package io.trapline.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.FindingRow;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class P4NmReflectedTest {
    private static final long NM = 1 << 7;
    private static final long NM_INFO = 0x80000307L;

    private static TraceScript vmx() {
        return new TraceScript().entry().exit("VMLAUNCH").nenter(0x1000, 0x20).entryAt(0x20);
    }

    private static TraceScript again(TraceScript script) {
        return script.entry().exit("VMRESUME").nenter(0x1000, 0x20).entryAt(0x20);
    }

    private static TraceScript svm(long exceptions) {
        return new TraceScript()
                .svm()
                .entry()
                .exit("vmrun")
                .nenter()
                .nintercepts(exceptions, 0)
                .entry();
    }

    private static void assertCaught(RunOf run, String cause) {
        assertThat(run.findings())
                .filteredOn(finding -> finding.getPolicy().equals("P4"))
                .singleElement(InstanceOfAssertFactories.type(FindingRow.class))
                .extracting(FindingRow::getCause)
                .isEqualTo(cause);
    }

    @Test
    void aReflectedNmThatIsQueuedAsWellIsCaught() {
        assertCaught(RunOf.script(vmx().exitNm().nexitNm().nreflectNm().injNm().entry()), "queued as well");
        assertCaught(RunOf.script(vmx().exitNm().nexitNm().injNm().nreflectNm().entry()), "queued as well");
    }

    @Test
    void theEntryAloneShowsItToo() {
        assertCaught(RunOf.script(vmx().exitNm().nexitNm().nreflectNm().entry(NM_INFO)), "queued as well");
    }

    @Test
    void aReflectedNmConforms() {
        RunOf run = RunOf.script(vmx().exitNm().nexitNm().nreflectNm().entry(0));

        assertThat(run.findings()).isEmpty();
        assertThat(run.verdict("P4")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void whatUserSpaceInjectsThenIsUndecided() {
        RunOf run = RunOf.script(
                vmx().exitNm().nexitNm().nreflectNm().userspace(2).injNm().entry());

        assertThat(run.findings()).isEmpty();
        assertThat(run.verdict("P4")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void onVmxTheOnesBeforeSayWhatL1Wants() {
        TraceScript reflected = vmx().exitNm().nexitNm().nreflectNm();

        assertCaught(RunOf.script(again(reflected).exitNm().nexitNm().injNm().entry()), "kept");
    }

    @Test
    void onceOneWasKeptNoneIsExpectedToBeReflected() {
        TraceScript mixed =
                vmx().exitNm().nexitNm().injNm().entry().exitNm().nexitNm().nreflectNm();

        assertThat(RunOf.script(again(mixed).exitNm().nexitNm().injNm().entry()).findings())
                .isEmpty();
    }

    @Test
    void whatMayChangeTheVmcsEndsTheHistory() {
        for (String reason : new String[] {"VMWRITE", "VMPTRLD", "VMCLEAR", "VMLAUNCH"}) {
            TraceScript script =
                    vmx().exitNm().nexitNm().nreflectNm().entry().exit(reason).cpuid();
            assertThat(RunOf.script(again(script).exitNm().nexitNm().injNm().entry())
                            .findings())
                    .as(reason)
                    .isEmpty();
        }
        TraceScript another = vmx().exitNm()
                .nexitNm()
                .nreflectNm()
                .entry()
                .exit("VMRESUME")
                .nenter(0x2000, 0x20)
                .entryAt(0x20);
        assertThat(RunOf.script(another.exitNm().nexitNm().injNm().entry()).findings())
                .isEmpty();
    }

    @Test
    void onSvmTheInterceptsSayWhatL1Wants() {
        RunOf kept = RunOf.script(svm(NM).exitNm()
                .nexitNm()
                .injNm()
                .entry()
                .exit("cpuid")
                .nexit("cpuid")
                .nreflect("cpuid")
                .entry());
        RunOf reflected = RunOf.script(svm(NM).exitNm().nexitNm().nreflectNm().entry());

        assertCaught(kept, "kept");
        assertThat(reflected.verdict("P4")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void withoutReflectionsRecordedNothingIsCaught() {
        RunOf run = RunOf.script(svm(NM).exitNm().nexitNm().injNm().entry());

        assertThat(run.findings()).isEmpty();
        assertThat(run.verdict("P4")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void withoutInterceptsRecordedItIsUndecidedOnSvm() {
        RunOf run = RunOf.script(new TraceScript()
                .svm()
                .entry()
                .exit("vmrun")
                .nenter()
                .entry()
                .exitNm()
                .nexitNm()
                .injNm()
                .entry());

        assertThat(run.verdict("P4")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aNmOfL1IsNoneOfIts() {
        assertThat(RunOf.script(new TraceScript().entry().exitNm().injNm().entry())
                        .verdict("P4"))
                .isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void afterALossItIsUndecided() {
        RunOf run = RunOf.script(
                vmx().exitNm().nexitNm().nreflectNm().injNm().entry().gap());

        assertThat(run.findings()).isEmpty();
        assertThat(run.verdict("P4")).isEqualTo(Verdict.UNDECIDED);
    }
}
