package io.trapline.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class P23PairingTest {
    private static Consumer<Run> kernels(String from, String to) {
        return run -> {
            run.setKernelFrom(from);
            run.setKernelTo(to);
        };
    }

    private static TraceScript turn(TraceScript script) {
        return script.entry().exit("CPUID").cpuid();
    }

    @Test
    void alternatingRecordsConform() {
        RunOf run = RunOf.script(turn(turn(new TraceScript())).entry());

        assertThat(run.verdict("P23")).isEqualTo(Verdict.CONFORMS);
        assertThat(run.counts("P23").getChecked()).isEqualTo(4);
    }

    @Test
    void anEntryAfterAnEntryIsCaught() {
        RunOf run = RunOf.script(turn(new TraceScript()).entry().entry());

        assertThat(run.finding().getCause()).isEqualTo("entry after entry");
        assertThat(run.finding().getSeverity()).isEqualTo("TRACE");
        assertThat(run.finding().getEvidence()).hasSize(2);
    }

    @Test
    void anExitAfterAnExitIsCaught() {
        RunOf run = RunOf.script(turn(new TraceScript()).exit("HLT").entry());

        assertThat(run.finding().getCause()).isEqualTo("exit after exit");
    }

    @Test
    void aRefusedEntryHasNoExit() {
        RunOf run = RunOf.script(turn(new TraceScript())
                .entry()
                .fpu(false)
                .userspace(9)
                .fpu(true)
                .entry()
                .exit("HLT"));

        assertThat(run.findings()).isEmpty();
    }

    @Test
    void anotherUserSpaceExitExcusesNothing() {
        RunOf run = RunOf.script(turn(new TraceScript())
                .entry()
                .fpu(false)
                .userspace(2)
                .fpu(true)
                .entry());

        assertThat(run.verdict("P23")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void theFastPathOfOldSvmKernelsIsSilent() {
        TraceScript script =
                new TraceScript().svm().entry().exit("cpuid").cpuid().entry().entry();

        assertThat(RunOf.script(kernels("5.17", "6.4"), script).verdict("P23")).isEqualTo(Verdict.CONFORMS);
        assertThat(RunOf.script(kernels("5.17", "6.4"), script).findings()).isEmpty();
        assertThat(RunOf.script(kernels("6.1", "6.8"), script).counts("P23").getUndecided())
                .isEqualTo(1);
        assertThat(RunOf.script(kernels("6.5", null), script).verdict("P23")).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void whatOnlyTheKernelLeavesOpenSaysWhichKernelDecides() {
        TraceScript script =
                new TraceScript().svm().entry().exit("cpuid").cpuid().entry().entry();

        assertThat(RunOf.script(kernels("6.1", "6.8"), script).counts("P23").getDecidedBy())
                .isEqualTo("..6.4");
        assertThat(RunOf.script(kernels("6.1", "6.4"), script).counts("P23").getDecidedBy())
                .isNull();
        Consumer<Run> lossy = kernels("6.1", "6.8").andThen(run -> run.setLost(1L));
        assertThat(RunOf.script(lossy, script).counts("P23").getUndecided()).isEqualTo(1);
        assertThat(RunOf.script(lossy, script).counts("P23").getDecidedBy()).isNull();
    }

    @Test
    void ofTwoThingsThatAKernelLeavesOpenItMustExplainBoth() {
        TraceScript vmx = turn(new TraceScript()).exit("HLT").entry();
        TraceScript svm = new TraceScript(new StreamKey("run", "vm", 1))
                .svm()
                .entry()
                .exit("cpuid")
                .cpuid()
                .entry()
                .entry();

        assertThat(RunOf.script(kernels("5.4", "6.8"), vmx, svm).counts("P23").getDecidedBy())
                .isEqualTo("..5.10");
    }

    @Test
    void oldVmxKernelsWriteOneEntryForManyExits() {
        TraceScript script = turn(new TraceScript()).exit("HLT").entry();

        assertThat(RunOf.script(kernels("5.4", "5.10"), script).findings()).isEmpty();
        assertThat(RunOf.script(kernels("5.4", "5.11"), script).findings()).isEmpty();
        assertThat(RunOf.script(kernels("5.11", "5.17"), script).findings()).hasSize(1);
    }

    @Test
    void whereOnlyOneOfTheTwoIsRecordedItIsNotApplicable() {
        TraceScript entries = new TraceScript().entry().entry().entry();
        TraceScript exits = new TraceScript().exit("HLT").exit("HLT").exit("HLT");

        assertThat(RunOf.script(entries).verdict("P23")).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(RunOf.script(exits).verdict("P23")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void aGapExplainsAMissingRecord() {
        RunOf run = RunOf.script(turn(new TraceScript()).entry().gap().entry().exit("HLT"));

        assertThat(run.findings()).isEmpty();
    }

    @Test
    void recordsBetweenEntryAndExitAreNormal() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .other("kvm_wait_lapic_expire", true)
                .irq()
                .exit("HLT")
                .entry());

        assertThat(run.verdict("P23")).isEqualTo(Verdict.CONFORMS);
    }
}
