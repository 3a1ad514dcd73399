package io.trapline.producer.emulator;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;

/**
 * What is run, and how long. The same options give the same bytes. The run ends at the first limit it reaches after booting
 * (some 200 events), by powering off.
 *
 * @param amxTasks tasks that use AMX
 * @param plainTasks tasks that do not
 * @param events limit of recorded events; a run goes over it by the few of its last instruction
 * @param guestInstructions limit of guest instructions: the one to use where runs with and without a bug are compared
 * @param groundTruth whether the events that no real recording has are written too
 * @param hostEvents whether x86_fpu:* and what other threads do to XFD is recorded too
 * @param bugs mistakes to plant into the hypervisor
 */
public record EmulatorOptions(
        Scenario scenario,
        long seed,
        int amxTasks,
        int plainTasks,
        long events,
        long guestInstructions,
        boolean groundTruth,
        boolean hostEvents,
        Strategy strategy,
        KernelProfile profile,
        Set<Bug> bugs,
        CostModel costs) {

    /** No limit of this kind. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final int TASKS_MAX = 256;
    private static final long EVENTS = 20_000;

    public EmulatorOptions {
        Objects.requireNonNull(scenario);
        Objects.requireNonNull(strategy);
        Objects.requireNonNull(profile);
        Objects.requireNonNull(costs);
        bugs = Set.copyOf(bugs);
        if (amxTasks < 0 || plainTasks < 0 || amxTasks + plainTasks < 1 || amxTasks + plainTasks > TASKS_MAX) {
            throw new IllegalArgumentException("between 1 and " + TASKS_MAX + " tasks can run, not " + amxTasks
                    + " with and " + plainTasks + " without AMX");
        }
        if (events < 1 || guestInstructions < 1) {
            throw new IllegalArgumentException("limits of " + events + " events and " + guestInstructions
                    + " instructions: both must be positive");
        }
        if (events == UNLIMITED && guestInstructions == UNLIMITED) {
            throw new IllegalArgumentException("a run needs a limit of events or of instructions");
        }
    }

    /** Two tasks with AMX and two without, 20,000 events, ground truth, no bugs; the kernel as merged, 6.1. */
    public static EmulatorOptions ofSeed(long seed) {
        return new EmulatorOptions(
                Scenario.AMX_TASKS,
                seed,
                2,
                2,
                EVENTS,
                UNLIMITED,
                true,
                false,
                Strategy.MERGED,
                KernelProfile.V6_1,
                Set.of(),
                CostModel.SERVER);
    }

    /** The scenario and kernel in which a bug shows, without the bug. */
    public static EmulatorOptions showing(Bug bug, long seed) {
        EmulatorOptions options = ofSeed(seed).withScenario(bug.scenario()).withProfile(bug.profile());
        return bug.needsHostEvents() ? options.withHostEvents() : options;
    }

    public EmulatorOptions withScenario(Scenario newScenario) {
        return copy(newScenario, amxTasks, plainTasks, events, guestInstructions, groundTruth, hostEvents, bugs);
    }

    public EmulatorOptions withTasks(int newAmxTasks, int newPlainTasks) {
        return copy(scenario, newAmxTasks, newPlainTasks, events, guestInstructions, groundTruth, hostEvents, bugs);
    }

    /** Limits the run by events only. */
    public EmulatorOptions withEvents(long newEvents) {
        return copy(scenario, amxTasks, plainTasks, newEvents, UNLIMITED, groundTruth, hostEvents, bugs);
    }

    /** Limits the run by guest instructions only. */
    public EmulatorOptions withGuestInstructions(long instructions) {
        return copy(scenario, amxTasks, plainTasks, UNLIMITED, instructions, groundTruth, hostEvents, bugs);
    }

    public EmulatorOptions withoutGroundTruth() {
        return copy(scenario, amxTasks, plainTasks, events, guestInstructions, false, hostEvents, bugs);
    }

    public EmulatorOptions withHostEvents() {
        return copy(scenario, amxTasks, plainTasks, events, guestInstructions, groundTruth, true, bugs);
    }

    public EmulatorOptions withBugs(Bug... planted) {
        Set<Bug> all = Set.copyOf(new HashSet<>(Arrays.asList(planted)));
        return copy(scenario, amxTasks, plainTasks, events, guestInstructions, groundTruth, hostEvents, all);
    }

    public EmulatorOptions withStrategy(Strategy newStrategy) {
        return copy(newStrategy, profile, costs);
    }

    public EmulatorOptions withProfile(KernelProfile newProfile) {
        return copy(strategy, newProfile, costs);
    }

    public EmulatorOptions withCosts(CostModel newCosts) {
        return copy(strategy, profile, newCosts);
    }

    private EmulatorOptions copy(
            Scenario newScenario,
            int newAmxTasks,
            int newPlainTasks,
            long newEvents,
            long newInstructions,
            boolean newGroundTruth,
            boolean newHostEvents,
            Set<Bug> newBugs) {
        return new EmulatorOptions(
                newScenario,
                seed,
                newAmxTasks,
                newPlainTasks,
                newEvents,
                newInstructions,
                newGroundTruth,
                newHostEvents,
                strategy,
                profile,
                newBugs,
                costs);
    }

    private EmulatorOptions copy(Strategy newStrategy, KernelProfile newProfile, CostModel newCosts) {
        return new EmulatorOptions(
                scenario,
                seed,
                amxTasks,
                plainTasks,
                events,
                guestInstructions,
                groundTruth,
                hostEvents,
                newStrategy,
                newProfile,
                bugs,
                newCosts);
    }

    /** Everything that decides about the bytes, in one line and always in the same order. */
    String canonical() {
        EnumSet<Bug> ordered = EnumSet.noneOf(Bug.class);
        ordered.addAll(bugs);
        StringJoiner line = new StringJoiner("|");
        line.add(scenario.title())
                .add("seed=" + seed)
                .add("amx=" + amxTasks)
                .add("plain=" + plainTasks)
                .add("events=" + events)
                .add("instructions=" + guestInstructions)
                .add("truth=" + groundTruth)
                .add("bugs=" + ordered)
                .add("costs=" + costs.canonical());
        // Left out where they are as in the runs that were made before there was a choice.
        if (!strategy.equals(Strategy.MERGED)) {
            line.add("strategy=" + strategy);
        }
        if (profile != KernelProfile.V6_1) {
            line.add("profile=" + profile.version());
        }
        if (hostEvents) {
            line.add("host");
        }
        return line.toString();
    }
}
