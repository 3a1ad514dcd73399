package io.trapline.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.report.Finding;
import io.trapline.app.report.SummaryDocument;
import io.trapline.producer.emulator.Bug;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Two independent ideas of KVM check each other: the emulator's and the replay's. */
class PlantedBugsTest {
    private static final int SEEDS = 12;

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSoundHypervisorHasNoFinding(long seed) {
        EmulatorOptions options = EmulatorOptions.ofSeed(seed).withEvents(15_000);
        assertThat(faults(analyze(options))).isEmpty();
        assertThat(faults(analyze(options.withoutGroundTruth()))).isEmpty();
    }

    /** P28 only says what could be cheaper: this hypervisor has no APICv. */
    private static List<Finding> faults(SummaryDocument document) {
        return document.findings().stream()
                .filter(finding -> !finding.policy().id().equals("P28"))
                .toList();
    }

    /** Each bug is found by its policy, and by no other that could ask a recording; ground truth may show it, too. */
    @ParameterizedTest
    @EnumSource(Bug.class)
    void eachBugIsFoundByItsPolicy(Bug bug) {
        for (long seed = 0; seed < SEEDS; seed++) {
            SummaryDocument document =
                    analyze(EmulatorOptions.ofSeed(seed).withEvents(15_000).withBugs(bug));
            assertThat(faults(document))
                    .as("seed %d", seed)
                    .isNotEmpty()
                    .extracting(Finding::policy)
                    .filteredOn(policy -> !policy.kind().equals("model"))
                    .extracting(policy -> policy.id())
                    .containsOnly(bug.policy());
        }
    }

    private static SummaryDocument analyze(EmulatorOptions options) {
        return RunDocument.of(new LoopAnalysis("live").of(new Emulator(options)).rows());
    }
}
