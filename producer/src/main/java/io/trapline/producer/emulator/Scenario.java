package io.trapline.producer.emulator;

import java.util.function.Function;

/** The guests that can be run. */
public enum Scenario {
    AMX_TASKS(
            "amx-tasks",
            "a guest boots, arms XFD and switches between tasks with and without AMX",
            options -> new AmxTasksProgram(options.seed(), options.amxTasks(), options.plainTasks()));

    private final String title;
    private final String sentence;
    private final Function<EmulatorOptions, GuestProgram> program;

    Scenario(String title, String sentence, Function<EmulatorOptions, GuestProgram> program) {
        this.title = title;
        this.sentence = sentence;
        this.program = program;
    }

    /** Name in run ids, commands and messages. */
    public String title() {
        return title;
    }

    public String sentence() {
        return sentence;
    }

    GuestProgram program(EmulatorOptions options) {
        return program.apply(options);
    }
}
