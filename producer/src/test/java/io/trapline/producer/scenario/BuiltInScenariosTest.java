package io.trapline.producer.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInScenariosTest {
    static List<String> names() {
        return BuiltInScenarios.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachCanBeReadAndSaysItsName(String name) {
        ScenarioFile scenario = BuiltInScenarios.read(name);

        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.about()).isNotEqualTo(name).doesNotEndWith(".");
    }

    @Test
    void theFleetHasAThousandVcpus() {
        assertThat(BuiltInScenarios.read("fleet").vcpus()).isEqualTo(1_000);
    }

    @Test
    void everyFileOfTheFolderIsListed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/scenarios"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(BuiltInScenarios.names());
        }
    }

    @Test
    void aNameThatIsNotThereIsRefused() {
        assertThat(BuiltInScenarios.near("amx-task")).startsWith("amx-tasks");
        assertThatThrownBy(() -> BuiltInScenarios.text("../scenarios/fleet")).hasMessageContaining("no scenario");
    }
}
