package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExitTotalTest {
    private final List<ExitCost> exits = SampleRun.ofTwoVcpus().document().exits();

    @Test
    void reasonsAreAddedUpOverVcpusButNotOverLevels() {
        assertThat(ExitTotal.byReason(exits))
                .extracting(total -> total.name().reason() + " " + total.name().level() + " "
                        + total.time().sum() + " " + total.open())
                .containsExactlyInAnyOrder(
                        "MSR_WRITE L1 81 1",
                        "CPUID L1 70 0",
                        "CPUID L2 0 0",
                        "HLT L1 4000000 0",
                        "EXTERNAL_INTERRUPT L1 0 1");
    }

    @Test
    void withAClockTheDearestComeFirstAndWithoutOneTheMostFrequent() {
        assertThat(ExitTotal.byReason(exits).stream().sorted(ExitTotal.order(true)))
                .extracting(total -> total.name().reason())
                .startsWith("HLT", "MSR_WRITE");
        assertThat(ExitTotal.byReason(exits).stream().sorted(ExitTotal.order(false)))
                .extracting(total -> total.name().reason())
                .startsWith("MSR_WRITE", "HLT");
    }
}
