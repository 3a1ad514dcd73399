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

class CostFileTest {
    private static final Path SERVER = Path.of("src/main/resources/io/trapline/producer/emulator/server-2000mhz.costs");

    @TempDir
    private Path directory;

    @Test
    void theServersNumbersLieInTheirRanges() throws IOException {
        CostFile file = CostFile.read(SERVER);

        assertThat(file.model()).isEqualTo(CostModel.SERVER);
        assertThat(file.costs()).allSatisfy(cost -> {
            assertThat(cost.cycles()).isBetween(cost.lo(), cost.hi());
            assertThat(cost.source()).isNotBlank();
        });
    }

    @Test
    void aFileOfOnesOwnStampsOtherTimesAndNothingElse() throws IOException {
        String text = Files.readString(SERVER).replaceAll("(?m)^exit +260", "exit 1300");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 260 150|:1: a line is name",
                "exti 260 150 400 L who|:1: nothing costs exti",
                "exit 26O 150 400 L who|:1: 26O is no number",
                "exit 260 400 150 L who|:1: from 400 to 150",
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
