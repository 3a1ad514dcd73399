package io.trapline.producer.emulator;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What is run, and how long. The same options give the same bytes. The run ends at the first limit it reaches after booting
 * (some 200 events), by powering off.
 *
 * @param amxTasks tasks that use AMX
 * @param plainTasks tasks that do not
 * @param events limit of recorded events; a run goes over it by the few of its last instruction
 * @param guestInstructions limit of guest instructions: the one to use where runs with and without a bug are compared
 * @param groundTruth whether the events that no real recording has are written too
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
        Set<Bug> bugs,
        CostModel costs) {

    /** No limit of this kind. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final int TASKS_MAX = 256;

    public EmulatorOptions {
        Objects.requireNonNull(scenario);
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

    /** Two tasks with AMX and two without, 20,000 events, ground truth, no bugs. */
    public static EmulatorOptions ofSeed(long seed) {
        return new EmulatorOptions(Scenario.AMX_TASKS, seed, 2, 2, 20_000, UNLIMITED, true, Set.of(), CostModel.SERVER);
    }

    public EmulatorOptions withTasks(int newAmxTasks, int newPlainTasks) {
        return new EmulatorOptions(
                scenario, seed, newAmxTasks, newPlainTasks, events, guestInstructions, groundTruth, bugs, costs);
    }

    /** Limits the run by events only. */
    public EmulatorOptions withEvents(long newEvents) {
        return new EmulatorOptions(
                scenario, seed, amxTasks, plainTasks, newEvents, UNLIMITED, groundTruth, bugs, costs);
    }

    /** Limits the run by guest instructions only. */
    public EmulatorOptions withGuestInstructions(long instructions) {
        return new EmulatorOptions(
                scenario, seed, amxTasks, plainTasks, UNLIMITED, instructions, groundTruth, bugs, costs);
    }

    public EmulatorOptions withoutGroundTruth() {
        return new EmulatorOptions(scenario, seed, amxTasks, plainTasks, events, guestInstructions, false, bugs, costs);
    }

    public EmulatorOptions withBugs(Bug... planted) {
        return new EmulatorOptions(
                scenario,
                seed,
                amxTasks,
                plainTasks,
                events,
                guestInstructions,
                groundTruth,
                new java.util.HashSet<>(Arrays.asList(planted)),
                costs);
    }

    public EmulatorOptions withCosts(CostModel newCosts) {
        return new EmulatorOptions(
                scenario, seed, amxTasks, plainTasks, events, guestInstructions, groundTruth, bugs, newCosts);
    }

    /** Everything that decides about the bytes, in one line and always in the same order. */
    String canonical() {
        EnumSet<Bug> ordered = EnumSet.noneOf(Bug.class);
        ordered.addAll(bugs);
        return String.join(
                "|",
                scenario.title(),
                "seed=" + seed,
                "amx=" + amxTasks,
                "plain=" + plainTasks,
                "events=" + events,
                "instructions=" + guestInstructions,
                "truth=" + groundTruth,
                "bugs=" + ordered,
                "costs=" + costs);
    }
}
