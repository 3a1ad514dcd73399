package io.trapline.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P27FpuResidentTest {
    private static TraceScript running() {
        return new TraceScript().fpu(true).entry();
    }

    private static String cause(TraceScript script) {
        RunOf run = RunOf.script(script);
        assertThat(run.finding().getPolicy()).isEqualTo("P27");
        return run.finding().getCause();
    }

    @Test
    void anEntryWithoutLoadIsCaught() {
        assertThat(cause(
                        running().exit("IO_INSTRUCTION").fpu(false).userspace(2).entry()))
                .isEqualTo("entry without load");
        assertThat(cause(new TraceScript().fpu(true).fpu(false).entry())).isEqualTo("entry without load");
    }

    @Test
    void loadsAndUnloadsThatDoNotAlternateAreCaught() {
        assertThat(cause(running().exit("IO_INSTRUCTION").fpu(true).entry())).isEqualTo("load after load");
        assertThat(cause(running()
                        .exit("IO_INSTRUCTION")
                        .fpu(false)
                        .userspace(2)
                        .fpu(false)
                        .fpu(true)
                        .entry()))
                .isEqualTo("unload after unload");
    }

    @Test
    void aWayThroughUserSpaceAndAResetByInitConform() {
        RunOf run = RunOf.script(running()
                .exit("IO_INSTRUCTION")
                .fpu(false)
                .userspace(2)
                .fpu(true)
                .entry()
                .exit("HLT")
                .fpu(false)
                .fpu(true)
                .entry());

        assertThat(run.findings()).isEmpty();
        assertThat(run.counts("P27").getChecked()).isEqualTo(7);
    }

    @Test
    void beforeTheFirstRecordNothingIsKnown() {
        RunOf run = RunOf.script(
                new TraceScript().entry().exit("IO_INSTRUCTION").fpu(true).entry());

        assertThat(run.findings()).isEmpty();
        assertThat(run.counts("P27").getChecked()).isEqualTo(1);
    }

    @Test
    void withoutRecordsOfTheFpuItIsNotApplicable() {
        assertThat(RunOf.script(new TraceScript().soundTurn()).verdict("P27")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void afterALossItIsUndecidedOrOpen() {
        RunOf before = RunOf.script(running().exit("HLT").fpu(false).entry().gap());
        RunOf after = RunOf.script(running().exit("HLT").fpu(false).gap().entry());

        assertThat(before.findings()).isEmpty();
        assertThat(before.counts("P27").getUndecided()).isEqualTo(1);
        assertThat(after.findings()).isEmpty();
    }
}
