package io.trapline.app.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.diff.Divergence.Way;
import io.trapline.app.report.Golden;
import io.trapline.app.run.RunEvents;
import io.trapline.producer.emulator.Bug;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.emulator.Scenario;
import io.trapline.producer.emulator.Strategy;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.totals.Analysis;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The first decision that differs is where the hypervisors differ")
class FirstDecisionTest {
    private static final long INSTRUCTIONS = 20_000;

    /** They change nothing that an exit shows: values, records that are missing, what happens between exits. */
    private static final Set<Bug> OF_NO_DECISION = EnumSet.of(
            Bug.RESERVED_BIT_OPEN,
            Bug.MERGE_WITHOUT_B01,
            Bug.XFD_STATE_AFTER_HOTPLUG,
            Bug.STALE_XSTATE_BV,
            Bug.UNRECORDED_ENTRY,
            Bug.IMBALANCED_FPU);

    @Test
    void eachBugShowsWhereItActs() throws Exception {
        StringBuilder table = new StringBuilder();
        for (Bug bug : Bug.values()) {
            EmulatorOptions sound = EmulatorOptions.showing(bug, 1).withGuestInstructions(INSTRUCTIONS);
            Comparison comparison = compared(events(sound), events(sound.withBugs(bug)));
            Divergence first = comparison.divergences().get(0).divergence();
            table.append(bug)
                    .append('\n')
                    .append("  ")
                    .append(ChangeWords.sentence(first))
                    .append('\n');
            assertThat(first.isOfHypervisor()).as("%s: %s", bug, first).isEqualTo(!OF_NO_DECISION.contains(bug));
        }
        Golden.check("diff", "bugs.txt", table.toString());
    }

    /** S2 spares exits of L2 the sync, and nothing else: not an exit of L1 before. */
    @Test
    void anotherStrategyPartsAtTheFirstSyncItSpares() throws Exception {
        EmulatorOptions merged =
                EmulatorOptions.ofSeed(1).withScenario(Scenario.NESTED).withGuestInstructions(INSTRUCTIONS);
        RunEvents spared = events(merged.withStrategy(Strategy.parse("S2/T1/I1")));

        Divergence first = compared(events(merged), spared).divergences().get(0).divergence();

        assertThat(first.isOfHypervisor()).isTrue();
        assertThat(first.kind().level()).isEqualTo("L2");
        assertThat(first.decidedA()).containsExactly("XFD synced");
        assertThat(first.decidedB()).containsExactly("no sync of XFD");
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void aRunPartsNowhereFromItself(Scenario scenario) throws Exception {
        RunEvents run = events(EmulatorOptions.ofSeed(3).withScenario(scenario).withGuestInstructions(INSTRUCTIONS));

        Comparison comparison = compared(run, run);

        assertThat(comparison.divergences())
                .isNotEmpty()
                .allMatch(shown -> shown.divergence().way() == Way.NONE);
        assertThat(comparison.exits()).allMatch(change -> change.changes().isEmpty());
        assertThat(comparison.judgements()).isEqualTo(new JudgementChanges(List.of(), List.of(), List.of()));
    }

    /** Other tasks at other times are no other hypervisor. */
    @ParameterizedTest
    @EnumSource(Scenario.class)
    void otherSeedsAreOtherGuests(Scenario scenario) throws Exception {
        EmulatorOptions options = EmulatorOptions.ofSeed(5).withScenario(scenario);

        Comparison comparison = compared(events(options), events(options.withSeed(6)));

        assertThat(comparison.ofHypervisor()).isEmpty();
    }

    /** More decisions than are kept: what lies behind is looked at in a second pass. */
    @Test
    void longRunsThatAgreeAreComparedBehindTheWindow() throws Exception {
        EmulatorOptions options =
                EmulatorOptions.ofSeed(1).withScenario(Scenario.BAD_BITS).withGuestInstructions(120_000);
        RunEvents whole = events(options);
        RunEvents changed = sink -> new Emulator(options)
                .run(new WithoutOneSync(DecisionLog.WINDOW + DecisionLog.STRIDE, sink))
                .run();

        Comparison comparison = compared(whole, changed);

        Divergence first = comparison.divergences().get(0).divergence();
        assertThat(first.way()).isEqualTo(Way.DECISION);
        assertThat(first.compared()).isGreaterThan(DecisionLog.WINDOW);
        assertThat(first.decidedB()).containsExactly("no sync of XFD");
    }

    private static RunEvents events(EmulatorOptions options) {
        return sink -> new Emulator(options).run(sink).run();
    }

    private static Comparison compared(RunEvents a, RunEvents b) throws Exception {
        return Comparison.of(a, b, AnalysisInputs.named(Analysis.LIVE), false);
    }
}
