package io.trapline.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trapline.app.report.Finding;
import io.trapline.app.report.SummaryDocument;
import io.trapline.producer.emulator.Bug;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.emulator.KernelProfile;
import io.trapline.producer.emulator.Scenario;
import io.trapline.streams.policy.Policies;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.profile.MsrFilter;
import io.trapline.streams.totals.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Two independent ideas of KVM check each other: the emulator's and the replay's. */
class PlantedBugsTest {
    private static final Path README = Path.of("README.md");
    private static final String TABLE_BEGINS = "<!-- written by PlantedBugsTest -->\n";
    private static final String TABLE_ENDS = "<!-- end -->";
    private static final int SEEDS = 12;
    private static final int SEEDS_OF_EACH_BUG = 4;
    private static final long EVENTS = 15_000;
    /** They count what a sound kernel does needlessly. */
    private static final Set<String> COSTS = Set.of("P21", "P22");
    /** A hint about what any kernel does: exits for the x2APIC and the like. */
    private static final Set<String> HINTS = Set.of("P28");

    /** What user space denies in that scenario: writes of XFD. */
    private static final AnalysisInputs FILTER = AnalysisInputs.named(Analysis.LIVE)
            .withMsrFilter(new MsrFilter(true, List.of(new MsrFilter.Range(false, false, true, 0x1c4, 0x1c4))));

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    static Stream<String> judgedPolicies() {
        return Policies.ALL.stream().map(policy -> policy.description().id()).filter(id -> !COSTS.contains(id));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSoundHypervisorHasNoFinding(long seed) {
        EmulatorOptions options = EmulatorOptions.ofSeed(seed).withEvents(EVENTS);
        assertThat(faults(options)).isEmpty();
        assertThat(faults(options.withoutGroundTruth())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Scenario.class, mode = Mode.EXCLUDE, names = "L2_FIRST")
    void soundInEveryScenario(Scenario scenario) {
        for (long seed = 0; seed < SEEDS_OF_EACH_BUG; seed++) {
            EmulatorOptions options = EmulatorOptions.ofSeed(seed)
                    .withScenario(scenario)
                    .withProfile(KernelProfile.V6_15)
                    .withEvents(EVENTS);
            assertThat(faults(options)).as("seed %d", seed).isEmpty();
            assertThat(faults(options.withHostEvents())).as("seed %d", seed).isEmpty();
            assertThat(faults(options.withProfile(KernelProfile.V6_12)).stream().filter(id -> !id.equals("P3")))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    /** Each bug is found by its policy, and that policy finds nothing where the bug is not. */
    @ParameterizedTest
    @EnumSource(Bug.class)
    void eachBugIsFoundByItsPolicy(Bug bug) {
        assumeTrue(judgedPolicies().anyMatch(bug.policy()::equals), "the policy is not there");
        for (long seed = 0; seed < SEEDS_OF_EACH_BUG; seed++) {
            EmulatorOptions options = EmulatorOptions.showing(bug, seed).withEvents(EVENTS);
            assertThat(policiesOf(options)).as("sound, seed %d", seed).doesNotContain(bug.policy());
            assertThat(policiesOf(options.withBugs(bug))).as("seed %d", seed).contains(bug.policy());
        }
    }

    @ParameterizedTest
    @MethodSource("judgedPolicies")
    void eachPolicyHasABug(String policy) {
        assertThat(Arrays.stream(Bug.values()).map(Bug::policy)).contains(policy);
    }

    /** R28: derived from the kernel's code, seen here and on no hardware. */
    @Test
    void l2ThatArmsFirstIsFoundByModelAndByTrace() {
        EmulatorOptions options =
                EmulatorOptions.ofSeed(1).withScenario(Scenario.L2_FIRST).withEvents(EVENTS);
        assertThat(policiesOf(options)).contains("P6", "P7");
        assertThat(policiesOf(options.withoutGroundTruth())).contains("P6");
    }

    /** The README's table is what comes out here. */
    @Test
    void theReadmeShowsWhoFindsWhichBug() throws IOException {
        StringJoiner table = new StringJoiner("\n", "\n", "\n");
        table.add("| policy | bug | shown by | others that fire |").add("|---|---|---|---|");
        for (Bug bug : Bug.values()) {
            EmulatorOptions options = EmulatorOptions.showing(bug, 0).withEvents(EVENTS);
            Set<String> sound = policiesOf(options);
            Set<String> others = policiesOf(options.withBugs(bug));
            others.remove(bug.policy());
            others.removeAll(sound);
            table.add("| " + bug.policy() + " | `" + bug + "` | `"
                    + bug.scenario().title() + "`, "
                    + bug.profile().version() + (bug.needsHostEvents() ? ", host recorded" : "") + " | "
                    + String.join(", ", others) + " |");
        }
        String readme = Files.readString(README);
        int from = readme.indexOf(TABLE_BEGINS) + TABLE_BEGINS.length();
        int to = readme.indexOf(TABLE_ENDS);
        if (Boolean.getBoolean("snap.update")) {
            Files.writeString(README, readme.substring(0, from) + table + readme.substring(to));
        }
        assertThat(Files.readString(README)).contains(TABLE_BEGINS + table + TABLE_ENDS);
    }

    private static Set<String> faults(EmulatorOptions options) {
        Set<String> found = policiesOf(options);
        found.removeAll(HINTS);
        return found;
    }

    private static Set<String> policiesOf(EmulatorOptions options) {
        return document(options).findings().stream()
                .map(Finding::policy)
                .map(policy -> policy.id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SummaryDocument document(EmulatorOptions options) {
        AnalysisInputs inputs = options.scenario() == Scenario.FILTERED ? FILTER : AnalysisInputs.named(Analysis.LIVE);
        return RunDocument.of(new LoopAnalysis(inputs).of(new Emulator(options)).rows());
    }
}
