package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostFileTest {
    private static final Path SERVER = Path.of("src/main/resources/io/trapline/producer/emulator/server-2000mhz.costs");

    @TempDir
    private Path directory;

    @Test
    void theServersNumbersLieInTheirRanges() throws IOException {
        CostFile file = CostFile.read(SERVER);

        assertThat(file.model()).isEqualTo(CostModel.SERVER);
        assertThat(file.text()).isEqualTo(CostFile.SERVER.text());
        assertThat(file.costs()).allSatisfy(cost -> {
            assertThat(cost.cycles()).isBetween(cost.lo(), cost.hi());
            assertThat(cost.source()).isNotBlank();
        });
    }

    @Test
    void aFileOfOnesOwnStampsOtherTimesAndNothingElse() throws IOException {
        String text = Files.readString(SERVER)
                .replaceAll("(?m)^exitRoundTrip +900 +900 +1600", "exitRoundTrip 9000 9000 16000");
        Path own = Files.writeString(directory.resolve("old-server.costs"), text);
        CostModel model = CostFile.read(own).model();
        EventLog cheap = new EventLog();
        EventLog dear = new EventLog();

        new Emulator(EmulatorOptions.ofSeed(1).withEvents(3_000)).run(cheap);
        new Emulator(EmulatorOptions.ofSeed(1).withEvents(3_000).withCosts(model)).run(dear);

        assertThat(model.name()).isEqualTo("old-server");
        assertThat(dear.texts()).isEqualTo(cheap.texts());
        assertThat(dear.events().get(2_999).time())
                .isGreaterThan(cheap.events().get(2_999).time());
    }

    @Test
    void anExitsPartsMakeUpItsRoundTrip() {
        CostModel server = CostModel.SERVER;

        assertThat(2 * server.exit() + server.handler())
                .isEqualTo(CostFile.SERVER.cost(CostFile.EXIT_ROUND_TRIP).cycles());
    }

    @ParameterizedTest
    @CsvSource({"exit, 451, an exit and an entry of 451", "mhz, 0, a CPU of 0 MHz"})
    void aCostThatCannotBeIsNamedWithItsPlace(String name, int cycles, String message) throws IOException {
        String text = CostFile.SERVER.text().replaceAll("(?m)^" + name + " .*", name + " " + cycles + " 0 9999 A who");
        Path own = Files.writeString(directory.resolve("own.costs"), text);
        long number =
                text.lines().takeWhile(each -> !each.startsWith(name + " ")).count() + 1;

        assertThatThrownBy(() -> CostFile.read(own)).hasMessageContaining("own.costs:" + number + ": " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrmsr", "eb01Refresh", "injection", "nestedSwitch"})
    void anotherCostIsAnotherRun(String name) throws IOException {
        String text = CostFile.SERVER.text().replaceAll("(?m)^" + name + " .*", name + " 77 0 9999 A who");
        CostModel own = CostFile.read(Files.writeString(directory.resolve("server-2000mhz.costs"), text))
                .model();

        assertThat(own.canonical()).isNotEqualTo(CostModel.SERVER.canonical());
    }

    @Test
    void aRefreshOfVmcs01sBitmapTakesItsTime() throws IOException {
        String text = CostFile.SERVER.text().replaceAll("(?m)^eb01Refresh .*", "eb01Refresh 50000 0 50000 A who");
        CostModel dear = CostFile.read(Files.writeString(directory.resolve("dear.costs"), text))
                .model();
        EmulatorOptions options =
                EmulatorOptions.ofSeed(1).withScenario(Scenario.NESTED).withEvents(3_000);

        assertThat(lastNanos(options.withCosts(dear))).isEqualTo(lastNanos(options));
        EmulatorOptions refreshing = options.withStrategy(Strategy.parse("S1/T1/I1+EB01"));
        assertThat(lastNanos(refreshing.withCosts(dear))).isGreaterThan(lastNanos(refreshing));
    }

    private static long lastNanos(EmulatorOptions options) {
        EventLog log = new EventLog();
        new Emulator(options).run(log);
        return log.events().get(2_999).time();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 260 150|:1: a line is name",
                "exti 260 150 400 L who|:1: nothing costs exti",
                "exit 26O 150 400 L who|:1: 26O is no number",
                "exit 260 400 150 L who|:1: from 400 to 150",
                "exit 260 270 400 L who|:1: 260 is not from 270 to 400",
                "exit 260 150 400 Q who|:1: confidence is",
                "exit 260 150 400 L who|mhz is missing"
            })
    void mistakesAreNamedWithTheirPlace(String line, String message) throws IOException {
        Path own = Files.writeString(directory.resolve("own.costs"), line + "\n");

        assertThatThrownBy(() -> CostFile.read(own))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("own.costs")
                .hasMessageContaining(message);
    }

    @Test
    void aNameIsThereOnce() throws IOException {
        Path own = Files.writeString(directory.resolve("own.costs"), "exit 1 1 1 L who\nexit 1 1 1 L who\n");

        assertThatThrownBy(() -> CostFile.read(own)).hasMessageContaining(":2: exit is there twice");
    }
}
