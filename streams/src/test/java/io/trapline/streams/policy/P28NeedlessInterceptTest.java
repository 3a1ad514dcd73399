package io.trapline.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.FindingRow;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.profile.MsrFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

class P28NeedlessInterceptTest {
    private static TraceScript writes(long index, long... values) {
        TraceScript script = new TraceScript().entry();
        for (long value : values) {
            script.exit("MSR_WRITE").g(index, value).entry();
        }
        return script;
    }

    @Test
    void whatAlwaysPassesThroughIsReportedWithTheConditionAndWhereItsTimeIs() {
        RunOf run = RunOf.script(writes(0xc0000102L, 1, 2));

        FindingRow finding = run.findings("P28").get(0);
        assertThat(finding.getCause()).isEqualTo("0xc0000102 write");
        assertThat(finding.getRepeats()).isEqualTo(2);
        assertThat(finding.getExpected()).contains("KERNEL_GS_BASE", "always");
        assertThat(finding.getObserved()).contains("row 0xc0000102 write", "filter");
        assertThat(run.exits()).extracting(row -> row.getDetail()).contains("0xc0000102 write");
    }

    @Test
    void specCtrlIsRightUpToItsFirstNonZeroWrite() {
        assertThat(RunOf.script(writes(0x48, 0, 0, 1)).findings("P28")).isEmpty();
        assertThat(RunOf.script(writes(0x48, 0, 1, 0, 1)).findings("P28").get(0).getRepeats())
                .isEqualTo(2);
    }

    @Test
    void aRefusedWriteOpensNothing() {
        TraceScript script = new TraceScript()
                .entry()
                .exit("MSR_WRITE")
                .gRefused(0x48, 1)
                .injGp()
                .entry()
                .exit("MSR_WRITE")
                .g(0x48, 1)
                .entry();

        assertThat(RunOf.script(script).findings("P28")).isEmpty();
    }

    @Test
    void mostMsrsAreNeverPassedThroughAndThoseOfProtectedGuestsOnlyToThem() {
        RunOf vmx = RunOf.script(writes(0x3b, 1));
        RunOf svm = RunOf.script(new TraceScript()
                .svm()
                .entry()
                .exit("msr", 1, 0)
                .g(0xc0000080L, 0xd01)
                .entry());

        assertThat(vmx.verdict("P28")).isEqualTo(Verdict.CONFORMS);
        assertThat(svm.verdict("P28")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void oneDirectionMayPassAndTheOtherNot() {
        TraceScript reads =
                new TraceScript().entry().exit("MSR_READ").gRead(0x10, 5).entry();

        assertThat(RunOf.script(reads).verdict("P28")).isEqualTo(Verdict.VIOLATED);
        assertThat(RunOf.script(writes(0x10, 5)).verdict("P28")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void theX2apicIsOneFinding() {
        TraceScript script = writes(0x80b, 0, 0);
        script.exit("MSR_READ").gRead(0x802, 0).entry();

        assertThat(RunOf.script(script).findings("P28")).hasSize(1);
        assertThat(RunOf.script(script).findings("P28").get(0).getRepeats()).isEqualTo(3);
    }

    @Test
    void anOlderKernelCannotAndAnUnknownOneMayNot() {
        TraceScript flush = writes(0x10b, 1);

        assertThat(RunOf.script(run -> run.setKernelTo("6.1"), flush).verdict("P28"))
                .isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(RunOf.script(flush).verdict("P28")).isEqualTo(Verdict.UNDECIDED);
        assertThat(RunOf.script(run -> run.setKernelFrom("6.14"), flush).verdict("P28"))
                .isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void accessesOfL2HaveAnotherListAndDeniedOnesAreRight() {
        TraceScript nested = new TraceScript()
                .entry()
                .exit("MSR_WRITE")
                .nexit("MSR_WRITE")
                .g(0xc0000102L, 1)
                .entry();
        MsrFilter filter = new MsrFilter(false, List.of());

        assertThat(RunOf.script(nested).verdict("P28")).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(RunOf.script(AnalysisInputs.named("live").withMsrFilter(filter), run -> {}, writes(0xc0000102L, 1))
                        .findings("P28"))
                .isEmpty();
    }

    @Test
    void xfdIsLeftToItsOwnPolicy() {
        assertThat(RunOf.script(writes(0x1c4, 0x40000, 0)).findings("P28")).isEmpty();
    }
}
