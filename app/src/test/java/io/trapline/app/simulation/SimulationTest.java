package io.trapline.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.report.Finding;
import io.trapline.app.run.RunDocument;
import io.trapline.app.simulation.Mangled.Damage;
import io.trapline.producer.emulator.Bug;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorResult;
import io.trapline.producer.emulator.KernelProfile;
import io.trapline.producer.scenario.BuiltInScenarios;
import io.trapline.producer.scenario.ScenarioFile;
import io.trapline.schemas.avro.Run;
import io.trapline.streams.totals.Analysis;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hosts and guests that nobody thought of, under a kernel that is right: the replay finds nothing wrong, whatever the recording
 * went through. {@code -Dsimulation.seed=N} runs one of them; a failure names its seed.
 */
@DisplayName("A right kernel has no finding, whatever runs on it")
class SimulationTest {
    private static final long SEEDS = 300;
    private static final long SEEDS_OF_SOAK = 10_000;
    /** The kernel as merged does lose something there: derived from its code, observed on no hardware. */
    private static final String R28 = "l2-arms-first";

    private static final Set<String> HARMLESS = Set.of("PERF", "TRACE");

    @Test
    void hundredsOfScenarios() {
        Long only = Long.getLong("simulation.seed");
        if (only == null) {
            simulate(0, SEEDS);
        } else {
            simulate(only, only + 1);
        }
    }

    @Test
    @Tag("soak")
    void thousandsOfScenarios() {
        simulate(SEEDS, SEEDS + SEEDS_OF_SOAK);
    }

    static List<String> builtIn() {
        return BuiltInScenarios.names();
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void theScenariosThatShip(String name) {
        ScenarioFile scenario = BuiltInScenarios.read(name);
        Mangled recording = new Mangled();
        Run run = scenario.emulator(scenario.options().withEvents(Math.max(10_000, 250L * scenario.vcpus())))
                .run(recording)
                .run();

        Set<String> expected = name.equals(R28) ? Set.of("P6", "P7") : Set.of();
        assertThat(wrong(recording, run, Damage.NONE, new Random(1)).stream()
                        .filter(finding -> !isOfKernel(finding, scenario))
                        .map(finding -> finding.policy().id())
                        .collect(Collectors.toSet()))
                .isEqualTo(expected);
    }

    /** Or it would be no wonder that nothing is found. */
    @Test
    void aWrongKernelIsFound() {
        long found = LongStream.range(0, 40)
                .filter(seed -> {
                    ScenarioFile scenario = RandomScenario.of(seed);
                    Mangled recording = new Mangled();
                    Emulator wrong = scenario.emulator(scenario.options().withBugs(Bug.MISSED_SYNC, Bug.MISSING_CLEAR));
                    Run run = wrong.run(recording).run();
                    return !wrong(recording, run, Damage.NONE, new Random(seed)).isEmpty()
                            && !wrong(recording, run, Damage.CUT, new Random(seed))
                                    .isEmpty();
                })
                .count();

        assertThat(found).isGreaterThan(10);
    }

    private static void simulate(long from, long to) {
        for (long seed = from; seed < to; seed++) {
            simulate(seed);
        }
    }

    private static void simulate(long seed) {
        ScenarioFile scenario = RandomScenario.of(seed);
        Mangled recording = new Mangled();
        EmulatorResult result = scenario.emulator(scenario.options()).run(recording);
        String what = "-Dsimulation.seed=" + seed + ": " + scenario;

        assertThat(result.guest().lost()).as("lost by the guest, %s", what).isZero();
        assertThat(result.kernelFaults()).as("#NM in the host, %s", what).isZero();
        for (Damage damage : Damage.values()) {
            assertThat(wrong(recording, result.run(), damage, new Random(seed)))
                    .filteredOn(finding -> !isOfKernel(finding, scenario))
                    .extracting(finding -> finding.policy().id() + " " + finding.observed())
                    .as("%s, %s", damage, what)
                    .isEmpty();
        }
    }

    /** Up to 6.14 the kernel does what P3 finds. */
    private static boolean isOfKernel(Finding finding, ScenarioFile scenario) {
        return finding.policy().id().equals("P3") && scenario.options().profile() != KernelProfile.V6_15;
    }

    private static List<Finding> wrong(Mangled recording, Run run, Damage damage, Random random) {
        Analysis fold = new Analysis(Analysis.LIVE);
        Run mangled = recording.into(fold::accept, run, damage, random);
        return RunDocument.of(fold.finish(mangled)).findings().stream()
                .filter(finding -> !HARMLESS.contains(finding.severity()))
                .toList();
    }
}
