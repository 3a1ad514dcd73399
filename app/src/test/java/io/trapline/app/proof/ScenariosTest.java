package io.trapline.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.proof.Scenario.Stated;
import io.trapline.app.report.PolicyVerdict;
import io.trapline.app.report.SummaryDocument;
import io.trapline.streams.policy.Policies;
import io.trapline.streams.policy.Policy;
import io.trapline.streams.policy.PolicyKind;
import io.trapline.streams.policy.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each policy the smallest trace that violates it and its nearest legal neighbours, as files that people can read.
 * The text goes through the importer and the plain loop, as a user's would.
 */
class ScenariosTest {
    /**
     * Policies that have scenarios and do not exist yet. Their own verdict is not compared; that nothing else is found is.
     */
    private static final Set<String> NOT_YET = Set.of();

    private static final Set<String> EXISTING =
            Policies.ALL.stream().map(Policy::id).collect(Collectors.toSet());

    static Stream<Scenario> scenarios() throws IOException {
        return Scenario.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void whatIsFoundIsWhatTheFileSays(Scenario scenario) throws Exception {
        SummaryDocument document = TraceLines.analyze(scenario.lines(), scenario.inputs());

        assertThat(document.run().unparsed()).isZero();
        assertThat(document.audit().imbalances()).isEmpty();
        assertThat(document.findings().stream()
                        .map(found -> new Stated(found.policy().id(), found.count(), found.position()))
                        .sorted()
                        .toList())
                .isEqualTo(scenario.findings().stream()
                        .filter(stated -> EXISTING.contains(stated.policy()))
                        .sorted()
                        .toList());
        Optional<PolicyVerdict> own = document.policies().stream()
                .filter(verdict -> verdict.policy().id().equals(scenario.policy()))
                .findFirst();
        assertThat(own.isPresent()).isEqualTo(EXISTING.contains(scenario.policy()));
        own.ifPresent(verdict -> {
            assertThat(verdict.verdict()).isEqualTo(scenario.expect());
            assertThat(scenario.checked()).isIn(null, verdict.checked());
        });
    }

    @Test
    void noPolicyIsForgotten() throws IOException {
        Set<String> written = scenarios().map(Scenario::policy).collect(Collectors.toCollection(TreeSet::new));
        Set<String> without = new TreeSet<>(written);
        without.removeAll(EXISTING);
        assertThat(without).containsExactlyInAnyOrderElementsOf(NOT_YET);

        assertThat(written)
                .containsAll(Policies.ALL.stream()
                        .filter(ScenariosTest::isShownByTraces)
                        .map(Policy::id)
                        .toList());
    }

    /** What only an emulator could show has no trace. */
    private static boolean isShownByTraces(Policy policy) {
        PolicyKind.OnIsa kind = policy.description().kind();
        return kind.vmx() != PolicyKind.MODEL && kind.svm() != PolicyKind.MODEL;
    }

    /** A test of a policy that could not fail: one that only violations, or only legal traces show. P21, P22 are costs. */
    @Test
    void eachPolicyHasAViolationAndALegalNeighbour() throws IOException {
        scenarios().collect(Collectors.groupingBy(Scenario::policy)).forEach((policy, scenarios) -> {
            List<Verdict> expected = scenarios.stream().map(Scenario::expect).toList();
            assertThat(expected.contains(Verdict.VIOLATED))
                    .as(policy)
                    .isNotEqualTo(policy.equals("P21") || policy.equals("P22"));
            assertThat(expected).as(policy).anyMatch(verdict -> verdict != Verdict.VIOLATED);
        });
    }

    /** The line of a violated scenario says where; a legal one has nothing to say of its policy. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void theFileSaysWhere(Scenario scenario) {
        assertThat(scenario.findings().stream()
                        .anyMatch(stated -> stated.policy().equals(scenario.policy())))
                .isEqualTo(scenario.expect() == Verdict.VIOLATED);
        assertThat(scenario.file().getParent().getFileName()).hasToString(scenario.policy());
    }
}
