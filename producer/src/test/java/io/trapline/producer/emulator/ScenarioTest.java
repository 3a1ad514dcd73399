package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.Run;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Whatever runs")
class ScenarioTest {
    static Stream<EmulatorOptions> kernels() {
        return Stream.of(KernelProfile.values())
                .flatMap(profile -> Stream.of(Scenario.values())
                        .map(scenario -> options(scenario).withProfile(profile)));
    }

    private static EmulatorOptions options(Scenario scenario) {
        return EmulatorOptions.ofSeed(9).withScenario(scenario).withEvents(6_000);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sameOptionsGiveTheSameEvents(EmulatorOptions options) {
        assertThat(log(options).events()).isEqualTo(log(options).events());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void nobodyNoticesWhatAnExitCosts(EmulatorOptions options) {
        EmulatorOptions dear = options.withCosts(CostModel.SLOW);

        assertThat(log(dear).texts()).isEqualTo(log(options).texts());
    }

    @ParameterizedTest
    @EnumSource(value = Scenario.class, mode = Mode.EXCLUDE, names = "L2_FIRST")
    void theMergedKernelLosesNothing(Scenario scenario) {
        for (long seed = 0; seed < 8; seed++) {
            EmulatorOptions options =
                    EmulatorOptions.ofSeed(seed).withScenario(scenario).withEvents(10_000);
            EmulatorResult result = new Emulator(options).run(events -> {});
            EmulatorResult withHost = new Emulator(options.withHostEvents()).run(events -> {});

            assertThat(result.guest().lost()).as("seed %d", seed).isZero();
            assertThat(result.kernelFaults()).as("seed %d", seed).isZero();
            assertThat(withHost.guest().lost()).as("seed %d", seed).isZero();
            assertThat(withHost.kernelFaults()).as("seed %d", seed).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void theRunListsItsStreamsAndWhatWasSeen(Scenario scenario) {
        EventLog log = new EventLog();
        Run run = new Emulator(options(scenario).withHostEvents()).run(log).run();

        assertThat(run.getStreams().stream()
                        .mapToLong(stream -> stream.getEvents())
                        .sum())
                .isEqualTo(log.events().size());
        assertThat(run.getStreams())
                .allSatisfy(stream -> assertThat(stream.getLastSeq()).isEqualTo(stream.getEvents() - 1));
        assertThat(run.getFamilies())
                .filteredOn(family -> family.getSeen())
                .allSatisfy(family -> assertThat(family.getRecorded()).isTrue());
        assertThat(run.getRun()).startsWith(scenario.title() + "-seed-9-");
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void groundTruthIsOnlyBetweenTheOtherEvents(Scenario scenario) {
        EmulatorOptions options =
                EmulatorOptions.ofSeed(3).withScenario(scenario).withGuestInstructions(3_000);
        EventLog without = new EventLog();
        EventLog with = new EventLog();

        // One by one, so that the order is that of all streams together.
        new Emulator(options.withoutGroundTruth()).run(without, 1);
        new Emulator(options).run(with, 1);

        List<EventLog.Event> recordable = with.events().stream()
                .filter(event -> !event.kind().isGroundTruth())
                .toList();
        assertThat(without.events()).isEqualTo(recordable);
    }

    private static EventLog log(EmulatorOptions options) {
        EventLog log = new EventLog();
        new Emulator(options).run(log);
        return log;
    }
}
