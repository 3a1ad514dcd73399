package io.trapline.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.proof.TraceLines;
import io.trapline.app.report.NestedCost;
import io.trapline.app.report.SummaryDocument;
import io.trapline.schemas.event.EventKind;
import java.math.BigInteger;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of guests that run guests: each exit that L1 got is one instruction, unless its guest is given up. */
class NestedCostsAgreeTest {
    private static final int CUT_OFF_MAX = 5;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bochs-amx/linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz",
                "amd-svm/linux-6.1/08-linux-boot-kvm-all/trace.txt.xz"
            })
    void everyReflectionIsOneInstruction(String recording) throws Exception {
        Path file = TraceLines.RECORDINGS.resolve(recording);
        SummaryDocument document = RunDocument.of(new LoopAnalysis("live")
                .of(RecordingFile.at(file.toString(), 0))
                .rows());

        long instructions = document.nested().stream()
                .mapToLong(cost -> cost.time().samples())
                .sum();
        long reflections = document.audit().byKind().get(EventKind.NESTED_EXIT_REFLECTED);
        assertThat(instructions).isBetween(reflections - CUT_OFF_MAX, reflections);
        for (NestedCost cost : document.nested()) {
            BigInteger ofL1 =
                    cost.caused().stream().map(NestedCost.Caused::time).reduce(BigInteger.ZERO, BigInteger::add);
            assertThat(cost.hostTime())
                    .isGreaterThan(ofL1)
                    .isLessThan(cost.time().sum());
            // To run L2 again, L1 exits at least once.
            long entries = cost.caused().stream()
                    .filter(each -> each.reason().matches("VMRESUME|VMLAUNCH|vmrun"))
                    .mapToLong(NestedCost.Caused::exits)
                    .sum();
            assertThat(entries).isGreaterThanOrEqualTo(cost.time().samples());
        }
    }
}
