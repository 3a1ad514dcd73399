package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trapline.app.cli.Commands.Outcome;
import io.trapline.streams.policy.Policies;
import io.trapline.streams.policy.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoliciesCommandTest {
    static List<String> ids() {
        return Policies.ALL.stream().map(Policy::id).toList();
    }

    @Test
    void theListHasThemAllInTheOrderOfTheirNumbers() {
        Outcome outcome = Commands.run("policies", "list");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FINE);
        List<Integer> numbers = outcome.out()
                .lines()
                .skip(1)
                .map(line -> Integer.valueOf(line.substring(1, line.indexOf(' '))))
                .toList();
        assertThat(numbers).isSorted().hasSameSizeAs(Policies.ALL);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void eachHasAPageThatAnswersWhatPeopleAsk(String id) {
        Outcome outcome = Commands.run("policies", "show", id);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FINE);
        assertThat(outcome.out())
                .startsWith(id + " ")
                .contains("  severity  ", "  kind      ", "  rule      R", "  needs     ", "  record    ")
                .contains("  caught    ", "  fixed in  ")
                .doesNotContain("null");
        assertThat(outcome.out().lines())
                .filteredOn(line -> !line.startsWith("  record "))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void thePageSaysWhatToRecordAndWhereABehaviourIsSound() {
        assertThat(Commands.run("policies", "show", "p8").out())
                .contains("P8 Guest XFD synced", "trace on VMX", "R15: Once nowi is set", "kvm_exit, msr")
                .contains("trace-cmd start -e kvm -e msr -f 'msr==0x1c4||msr==0x1c5' && ", "5429cead0119");
        assertThat(Commands.run("policies", "show", "P23").out())
                .contains("  sound     an entry after an entry on SVM in kernels up to 6.4");
    }

    @Test
    void programsGetTheSame() throws Exception {
        JsonNode all = new ObjectMapper()
                .readTree(Commands.run("policies", "list", "--format", "json").out());
        JsonNode one = new ObjectMapper()
                .readTree(Commands.run("policies", "show", "P23", "--format", "json")
                        .out());

        assertThat(all.get("schema").asText()).isEqualTo("trapline.policies/1");
        assertThat(all.get("policies")).hasSameSizeAs(Policies.ALL);
        assertThat(one.get("policies")).hasSize(1);
        JsonNode pairing = one.at("/policies/0");
        assertThat(all.get("policies")).contains(pairing);
        assertThat(pairing.at("/kind/svm").asText()).isEqualTo("trace");
        assertThat(pairing.at("/sound/1/up_to").asText()).isEqualTo("5.10");
        assertThat(pairing.get("detects").asText()).isNotEmpty();
    }

    @Test
    void anUnknownPolicyNamesTheNearOnes() {
        Outcome number = Commands.run("policies", "show", "P123");
        assertThat(number.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(number.err())
                .contains("There is no policy P123; there")
                .contains("P12")
                .doesNotContain("P8");
        assertThat(Commands.run("policies", "show", "XFD_ERR").err())
                .contains("P10", "P11")
                .doesNotContain("P23");
        assertThat(Commands.run("policies", "show", "nonsense").err()).contains(ids());
        assertThat(Commands.run("policies").exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
