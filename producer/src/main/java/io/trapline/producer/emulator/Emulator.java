package io.trapline.producer.emulator;

import io.trapline.producer.EventSink;
import io.trapline.schemas.avro.Run;
import java.util.function.IntFunction;

/**
 * Runs guests under an emulated KVM and hands their events to a sink. Deterministic: the options and the subject decide about
 * every byte. Each {@link #run} starts anew.
 */
public final class Emulator {
    /** As many as a chunk holds, so that a publisher need not cut again. */
    private static final int BATCH_EVENTS = 1_024;

    private final EmulatorOptions options;
    private final Subject subject;
    private final RunDescription description;

    /** The scenario of the options. */
    public Emulator(EmulatorOptions options) {
        this(options, options.scenario().subject(options));
    }

    /** Guests of one's own; the options' scenario and tasks say nothing then. */
    public Emulator(EmulatorOptions options, Subject subject) {
        this.options = options;
        this.subject = subject;
        description = new RunDescription(options, subject);
    }

    /** The run before its first event: open, with its id and what it will have recorded. */
    public Run open() {
        return description.open();
    }

    /** Runs from power-on to power-off. Throws what the sink throws. */
    public EmulatorResult run(EventSink sink) {
        return run(sink, subject.host(), BATCH_EVENTS);
    }

    /** The same in batches of so many events. */
    EmulatorResult run(EventSink sink, int batch) {
        return run(sink, subject.host(), batch);
    }

    /** The same with a guest and a batch of one's own. */
    EmulatorResult run(EventSink sink, GuestProgram program, int batch) {
        IntFunction<GuestProgram> programs = vcpu -> program;
        return run(sink, HostSetup.of(VmSetup.of(RunDescription.FIRST_VM, 1, programs)), batch);
    }

    private EmulatorResult run(EventSink sink, HostSetup host, int batch) {
        RunStreams streams = new RunStreams(description.id(), sink, batch);
        EmulatedHost emulated = new EmulatedHost(host, options, streams);
        emulated.run();
        return new EmulatorResult(description.complete(streams), emulated.report(), emulated.kernelFaults());
    }
}
