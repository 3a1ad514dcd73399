package io.trapline.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.proof.TraceLines;
import io.trapline.app.report.PolicyVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a recording lacks because there was nothing to record is not missing, and nobody is told to record it. */
class WithoutNestedEventsTest {
    private static final String NESTED = "kvm_nested_*";

    @Test
    void aGuestThatIsNoHypervisorHasNone() throws Exception {
        assertThat(missing(
                        TraceLines.of(TraceLines.RECORDINGS.resolve("bochs-amx/direct-linux-6.1/s1-xfd-arm-nm.txt"))))
                .doesNotContain(NESTED);
    }

    @Test
    void ofOneThatIsTheyWereLeftOut() throws Exception {
        List<String> all =
                TraceLines.of(TraceLines.RECORDINGS.resolve("bochs-amx/linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz"));

        assertThat(missing(all)).doesNotContain(NESTED);
        assertThat(missing(all.stream()
                        .filter(line -> !line.contains(": kvm_nested_"))
                        .toList()))
                .contains(NESTED);
    }

    private static List<String> missing(List<String> lines) throws Exception {
        return TraceLines.analyze(lines).policies().stream()
                .map(PolicyVerdict::missing)
                .flatMap(List::stream)
                .toList();
    }
}
