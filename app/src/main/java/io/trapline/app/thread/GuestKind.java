package io.trapline.app.thread;

import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.emulator.Scenario;

/** The guests that the thread speaks of. */
enum GuestKind {
    INITIALISES("initialises XFD, never runs AMX", Scenario.AMX_TASKS, 0),
    AMX("runs AMX tasks among plain ones", Scenario.AMX_TASKS, 2),
    LAZY_FPU("runs AMX, switches the FPU lazily", Scenario.LAZY_FPU, 2),
    L2_IDLE("KVM in the guest; L2 without AMX tasks", Scenario.NESTED, 0),
    L2_AMX("KVM in the guest; L2 with AMX tasks", Scenario.NESTED, 2),
    L2_UNTRAPPED("L1 that leaves #NM alone; L2 with AMX", Scenario.NESTED_WITHOUT_NM, 2);

    private static final long INSTRUCTIONS = 20_000;
    private static final int PLAIN_TASKS = 2;

    private final String title;
    private final Scenario scenario;
    private final int amxTasks;

    GuestKind(String title, Scenario scenario, int amxTasks) {
        this.title = title;
        this.scenario = scenario;
        this.amxTasks = amxTasks;
    }

    String title() {
        return title;
    }

    EmulatorOptions options(long seed) {
        return EmulatorOptions.ofSeed(seed)
                .withScenario(scenario)
                .withTasks(amxTasks, PLAIN_TASKS)
                .withGuestInstructions(INSTRUCTIONS);
    }
}
