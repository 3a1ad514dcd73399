package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.RecordingFile;
import io.trapline.app.run.RunDocument;
import io.trapline.producer.emulator.Bug;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.emulator.Scenario;
import io.trapline.streams.totals.Analysis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is advised, and above all what is not. */
class AdvisorTest {
    private static final Path RECORDINGS = Path.of("../producer/src/test/resources/recordings");

    @Test
    void theSerialConsoleOfARealGuestIsOneAdvice() throws Exception {
        List<Advice> advice = Advisor.of(recorded("bochs-amx/linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz"));

        assertThat(advice.get(0).details()).contains("port 0x3f8 out", "port 0x3fa in");
        assertThat(advice.get(0).instead()).contains("virtio console");
        assertThat(advice)
                .hasSizeBetween(1, 5)
                .isSortedAccordingTo((one, other) -> other.time().compareTo(one.time()));
        assertThat(advice)
                .as("VMRESUME is dear, and no way around it is known")
                .noneMatch(one -> one.reason().equals("VMRESUME"));
    }

    @Test
    void aRunWithoutTimeHasNone() throws Exception {
        assertThat(Advisor.of(recorded("amd-svm/linux-6.1/02-clock-counter/trace.txt.xz")))
                .isEmpty();
    }

    /** x2AVIC is there from 6.0 on: a recording of 5.10 must not be told of it. */
    @Test
    void noKernelIsToldOfWhatItDoesNotHave() throws Exception {
        for (String old : List.of("03-smp2/trace.txt.gz", "08-linux-boot-nested/trace.txt.xz")) {
            assertThat(Advisor.of(recorded("amd-svm/linux-5.10/" + old)))
                    .noneMatch(one -> one.instead().contains("x2AVIC"))
                    .allMatch(one -> one.isa().equals("SVM"));
        }
    }

    /** An MSR that KVM can let through, and does not: the table of MSRs knows the condition. */
    @Test
    void anMsrThatCouldPassIsToldItsCondition() {
        List<Advice> advice = Advisor.of(emulated(
                EmulatorOptions.showing(Bug.SPEC_CTRL_STILL_INTERCEPTED, 1).withBugs(Bug.SPEC_CTRL_STILL_INTERCEPTED)));

        assertThat(advice)
                .anyMatch(
                        one -> one.details().contains("0x48 write") && one.why().contains("non-zero write"));
    }

    /** Exits for XFD are worth what the what-if computes, and advised only where it spares those exits. */
    @Test
    void exitsForXfdAreSparedByNothingButAStrategyWithFewer() {
        for (Scenario scenario : Scenario.values()) {
            SummaryDocument document = emulated(EmulatorOptions.ofSeed(1).withScenario(scenario));
            assertThat(Advisor.of(document))
                    .filteredOn(one ->
                            one.details().contains("0x1c4 write") && one.level().equals("L1"))
                    .as(scenario.title())
                    .allMatch(one -> one.saving() != null && one.saving().lo().signum() > 0);
        }
    }

    private static SummaryDocument recorded(String name) throws Exception {
        RecordingFile file = RecordingFile.at(RECORDINGS.resolve(name).toString(), 0);
        return RunDocument.of(new LoopAnalysis(Analysis.LIVE).of(file).rows());
    }

    private static SummaryDocument emulated(EmulatorOptions options) {
        return RunDocument.of(
                new LoopAnalysis(Analysis.LIVE).of(new Emulator(options)).rows());
    }
}
