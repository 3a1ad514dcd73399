package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A strategy changes what KVM does, and if it is sound nothing else")
class StrategyTest {
    private static final Predicate<String> SYNC = text -> text.startsWith("d r 1c4");
    private static final Predicate<String> XFD_EXIT = text -> text.contains(" g w 1c4") || text.contains(" g r 1c4");

    @ParameterizedTest
    @ValueSource(strings = {"S1/T1/I1", "S2/T1/I1", "S6/T2/I2", "S1/T7/I5", "S1/T1/I1+EB01", "S5/T5/I4"})
    void isReadAndPrinted(String text) {
        assertThat(Strategy.parse(text)).hasToString(text);
        assertThat(Strategy.parse(text.toLowerCase(java.util.Locale.ROOT))).isEqualTo(Strategy.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S1", "S1/T1", "S7/T1/I1", "S1/T8/I1", "S1/T1/I6", "S1/T1/I1+EB02"})
    void othersAreRefused(String text) {
        assertThatThrownBy(() -> Strategy.parse(text)).hasMessageContaining("S1/T1/I1");
    }

    @ParameterizedTest
    @CsvSource({
        "S2/T1/I1, AMX_TASKS",
        "S3/T1/I1, AMX_TASKS",
        "S5/T1/I1, AMX_TASKS",
        "S6/T2/I2, AMX_TASKS",
        "S1/T7/I4, AMX_TASKS",
        "S1/T7/I5, AMX_TASKS",
        "S2/T7/I5, AMX_TASKS",
        "S1/T1/I1+EB01, AMX_TASKS",
        "S1/T5/I1, AMX_TASKS",
        "S2/T1/I1, NESTED",
        "S5/T1/I1, NESTED",
        "S6/T2/I2, NESTED",
        "S1/T7/I4, NESTED",
        "S1/T7/I5, NESTED",
        "S2/T1/I1, NESTED_WITHOUT_NM",
        "S6/T2/I2, NESTED_WITHOUT_NM",
        "S2/T1/I1, SMP",
        "S6/T2/I2, SMP",
        "S1/T7/I5, SMP",
        "S2/T1/I1, FILTERED",
        "S3/T1/I1, FILTERED",
        "S2/T1/I1, LAZY_FPU",
        "S6/T2/I2, LAZY_FPU",
        "S1/T1/I1+EB01, NESTED_WITHOUT_NM"
    })
    void soundOnesAreTheSameForTheGuest(String strategy, Scenario scenario) {
        for (long seed = 0; seed < 4; seed++) {
            EmulatorOptions options =
                    EmulatorOptions.ofSeed(seed).withScenario(scenario).withGuestInstructions(15_000);
            GuestReport merged = run(options, "S1/T1/I1").guest();
            EmulatorResult other = run(options, strategy);

            assertThat(other.guest()).as("seed %d", seed).isEqualTo(merged);
            assertThat(other.guest().lost()).as("seed %d", seed).isZero();
            assertThat(other.kernelFaults()).as("seed %d", seed).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"S1/T4/I1, NESTED_WITHOUT_NM", "S1/T6/I1, NESTED_WITHOUT_NM", "S6/T1/I1, SMP", "S4/T1/I1, SMP"})
    void unsoundOnesLoseStateOfSomeGuest(String strategy, Scenario scenario) {
        long lost = 0;
        for (long seed = 0; seed < 10; seed++) {
            EmulatorOptions options =
                    EmulatorOptions.ofSeed(seed).withScenario(scenario).withGuestInstructions(40_000);
            EmulatorResult result = run(options, strategy);
            lost += result.guest().lost() + result.kernelFaults();
        }
        assertThat(lost).isPositive();
    }

    @Test
    void s2NeverSyncsInL2AndAlwaysInL1() {
        EmulatorOptions options =
                EmulatorOptions.ofSeed(2).withScenario(Scenario.NESTED).withEvents(20_000);
        List<String> flag = texts(options, "S1/T1/I1");
        List<String> bitmap = texts(options, "S2/T1/I1");

        assertThat(turnsWith(flag, " nexit ")).anyMatch(turn -> turn.contains(";d r 1c4"));
        assertThat(turnsWith(bitmap, " nexit ")).noneMatch(turn -> turn.contains(";d r 1c4"));
        assertThat(turnsWith(bitmap, " nenter")).allMatch(turn -> turn.contains(";d r 1c4"));
    }

    @Test
    void interceptedWritesNeedNoSync() {
        List<String> texts = texts(EmulatorOptions.ofSeed(2).withEvents(20_000), "S6/T2/I2");

        assertThat(texts).noneMatch(SYNC);
        assertThat(texts).filteredOn(XFD_EXIT).hasSizeGreaterThan(100);
        assertThat(texts).noneMatch(text -> text.startsWith("d passed w 1c4") || text.startsWith("d fault 7"));
    }

    @Test
    void i5ClosesAfterAWhileAndOpensAgain() {
        List<String> texts = texts(EmulatorOptions.ofSeed(2).withTasks(1, 60).withEvents(200_000), "S1/T7/I5");

        assertThat(texts).filteredOn(text -> text.equals("d intercept 1c4 w 1")).isNotEmpty();
        assertThat(texts).filteredOn(text -> text.equals(". intercept 1c4 w 0")).hasSizeGreaterThan(1);
        assertThat(texts).noneMatch(text -> text.startsWith("d fault 7"));
    }

    @Test
    void eb01RefreshedAtNestedExitClosesR28() {
        EmulatorOptions options =
                EmulatorOptions.ofSeed(1).withScenario(Scenario.L2_FIRST).withEvents(20_000);

        assertThat(texts(options, "S1/T1/I1")).contains("d fault 7");
        assertThat(texts(options, "S1/T1/I1+EB01")).doesNotContain("d fault 7").contains("d exit 0 NM");
    }

    private static EmulatorResult run(EmulatorOptions options, String strategy) {
        return new Emulator(options.withStrategy(Strategy.parse(strategy))).run(events -> {});
    }

    private static List<String> texts(EmulatorOptions options, String strategy) {
        EventLog log = new EventLog();
        new Emulator(options.withStrategy(Strategy.parse(strategy))).run(log);
        return log.texts();
    }

    /** From each exit to the next, after XFD was armed, those that have this. */
    private static List<String> turnsWith(List<String> texts, String what) {
        String all = String.join(";", texts);
        String armed = all.substring(all.indexOf("g w 1c4=40000"));
        return java.util.Arrays.stream(armed.split(";(?=d exit)"))
                .skip(1)
                .filter(turn -> turn.contains(what))
                .toList();
    }
}
