package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.profile.MsrFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

class P17FilteredMsrTest {
    private static final MsrFilter NO_XFD_WRITES =
            new MsrFilter(true, List.of(new MsrFilter.Range(false, false, true, 0x1c4, 0x1c5)));

    private static RunOf run(MsrFilter filter, TraceScript script) {
        return RunOf.script(AnalysisInputs.named("live").withMsrFilter(filter), run -> {}, script);
    }

    @Test
    void aDeniedWriteThatSucceedsIsCaught() {
        RunOf run = run(NO_XFD_WRITES, new TraceScript().armed());

        assertThat(run.findings("P17")).hasSize(1);
        assertThat(run.findings("P17").get(0).getCause()).isEqualTo("0x1c4 write");
    }

    @Test
    void aDeniedWriteThatFailsAndAnAllowedReadConform() {
        RunOf run = run(
                NO_XFD_WRITES,
                new TraceScript()
                        .entry()
                        .exit("MSR_WRITE")
                        .gRefused(0x1c4, XTILE)
                        .injGp()
                        .entry()
                        .exit("MSR_READ")
                        .gRead(0x1c4, 0)
                        .entry());

        assertThat(run.counts("P17").getChecked()).isEqualTo(2);
        assertThat(run.findings("P17")).isEmpty();
    }

    @Test
    void theX2apicIsNeverFiltered() {
        MsrFilter nothing = new MsrFilter(false, List.of());

        RunOf run = run(
                nothing, new TraceScript().entry().exit("MSR_WRITE").g(0x80b, 0).entry());

        assertThat(run.verdict("P17")).isEqualTo(Verdict.CONFORMS);
    }

    @Test
    void theFirstRangeThatMatchesDecides() {
        MsrFilter filter = new MsrFilter(
                false,
                List.of(
                        new MsrFilter.Range(true, true, true, 0x1c4, 0x1c4),
                        new MsrFilter.Range(false, true, true, 0x100, 0x1ff)));

        assertThat(filter.allows(0x1c4, true)).isTrue();
        assertThat(filter.allows(0x1c5, true)).isFalse();
        assertThat(filter.allows(0xc0000080L, false)).isFalse();
    }

    @Test
    void withoutAFilterThereIsNothingToJudge() {
        assertThat(RunOf.script(new TraceScript().armed()).verdict("P17")).isEqualTo(Verdict.NOT_APPLICABLE);
    }
}
