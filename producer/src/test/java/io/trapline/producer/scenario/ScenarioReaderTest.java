package io.trapline.producer.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.trapline.producer.emulator.KernelProfile;
import io.trapline.producer.emulator.guest.GuestMix;
import io.trapline.producer.emulator.guest.GuestStep;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioReaderTest {
    private static final String LEAST = """
            name: least
            vms:
              - vcpus: 1
            """;

    @Test
    void whatIsLeftOutIsWhatTheCommentedExampleSays() throws InvalidScenario {
        ScenarioFile example = BuiltInScenarios.read("amx-tasks");

        ScenarioFile least = ScenarioReader.read("least.yaml", LEAST.replace("least", "amx-tasks"));

        assertThat(least).usingRecursiveComparison().ignoringFields("about").isEqualTo(example);
        assertThat(example.vms().get(0).guest()).isEqualTo(GuestMix.linux(2, 2));
    }

    @Test
    void theExampleNamesEveryStep() {
        assertThat(BuiltInScenarios.text("amx-tasks").lines().map(String::trim))
                .allSatisfy(line -> assertThat(line).doesNotContain("\t"))
                .anySatisfy(line -> assertThat(line).startsWith("steps:"));
        for (GuestStep step : GuestStep.values()) {
            assertThat(BuiltInScenarios.text("amx-tasks")).contains(" " + step.title() + ": " + step.usualWeight());
        }
    }

    @Test
    void scalarsAreTakenAsTheyAreWritten() throws InvalidScenario {
        ScenarioFile scenario =
                ScenarioReader.read("a.yaml", LEAST + "host: {kernel: 6.12}\nseed: -7\nevents: 1_000\nabout: no\n");

        assertThat(scenario.kernel()).isEqualTo(KernelProfile.V6_12);
        assertThat(scenario.seed()).isEqualTo(-7);
        assertThat(scenario.events()).isEqualTo(1_000);
        assertThat(scenario.about()).isEqualTo("no");
    }

    @Test
    void anUnknownKeyNamesTheNearOnes() {
        assertThat(problems(LEAST + "    geust:\n      tasks: {plain: 1}\n"))
                .containsExactly(
                        "my.yaml:4:5: There is no key geust in vms[0]: did you mean guest? It can be amx, count,"
                                + " filter, guest, nested, restored, vcpus.");
    }

    @Test
    void allProblemsAreToldAtOnceInTheirOrder() {
        String text = """
                name: My Guest
                seed: one
                host:
                  isa: vxm
                  strategy: S9/T1/I1
                vms:
                  - amx: false
                    guest:
                      tasks: {amx: 1, plain: 1}
                      steps: {cpuid: -1}
                """;

        assertThat(places(text)).containsExactly("1:7", "2:7", "4:8", "5:13", "9:20", "10:22");
        assertThat(problems(text).get(2)).contains("did you mean vmx?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|1:1|nothing in this file",
                "'name: a\n\tvms: b'|2:1|no YAML",
                "'name: [a'|1:9|no YAML",
                "'- a'|1:1|made of keys with values",
                "'name: a\nname: b\nvms: [{}]'|2:1|two keys name",
                "'vms: [{}]'|1:1|name is missing",
                "'name: a'|1:1|needs a VM",
                "'name: a\nvms: 3'|2:6|is a list",
                "'name: a\nvms: [3]'|2:7|made of keys with values",
                "'name: a\nvms: [{count: }]'|2:14|has no value",
                "'name: a\nvms: [{count: 0}]'|2:15|from 1 to",
                "'name: a\nvms: [{count: 99999999999999999999}]'|2:15|from 1 to",
                "'name: a\nvms: [{filter: {denied: gp}}]'|2:16|denies nothing",
                "'name: a\nvms: [{filter: {deny-writes: [xdf]}}]'|2:31|did you mean xfd",
                "'name: a\nvms: [{amx: false, restored: {xfd: 0x40000}}]'|2:30|KVM_SET_MSRS would refuse",
                "'name: a\nhost: {isa: svm}\nvms: [{amx: true}]'|3:13|No AMD CPU",
                "'name: a\nvms: [{guest: {tasks: {}}}]'|2:23|Between 1 and 256",
                "'name: a\nvms: [{guest: {timer: {min: 90, max: 80}}}]'|2:38|below min",
                "'name: a\nvms: [{count: 10000, vcpus: 1000}]'|2:6|10000000 vCPUs",
                "'name: a\nvms: [{amx: maybe}]'|2:13|It can be false, true",
                "'name: a\n---\nname: b'|2:1|no YAML",
            })
    void wrongFilesAreAProblemAtAPlace(String text, String place, String sentence) {
        assertThat(places(text)).contains(place);
        assertThat(String.join("\n", problems(text))).contains(sentence).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: &x [*x]", "name: !!java.lang.Object {}", "? [a, b]\n: c", "name: \u0000", "\uFEFFname: a"})
    void strangeYamlIsNoDefect(String text) {
        assertThat(problems(text)).isNotEmpty();
    }

    private static List<String> problems(String text) {
        return invalid(text).problems().stream().map(ScenarioProblem::toString).toList();
    }

    private static List<String> places(String text) {
        return invalid(text).problems().stream()
                .map(problem -> problem.line() + ":" + problem.column())
                .toList();
    }

    private static InvalidScenario invalid(String text) {
        InvalidScenario[] thrown = {null};
        assertThatExceptionOfType(InvalidScenario.class)
                .isThrownBy(() -> ScenarioReader.read("my.yaml", text))
                .satisfies(e -> thrown[0] = e);
        return thrown[0];
    }
}
