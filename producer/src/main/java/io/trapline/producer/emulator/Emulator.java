package io.trapline.producer.emulator;

import io.trapline.producer.EventSink;
import io.trapline.schemas.avro.Run;

/**
 * Runs a guest under an emulated KVM and hands its events to a sink. Deterministic: the options decide about every byte.
 * Each {@link #run} starts anew.
 */
public final class Emulator {
    private static final long RESET_RIP = 0x1000000;
    /** As many as a chunk holds, so that a publisher need not cut again. */
    private static final int BATCH_EVENTS = 1_024;

    private final EmulatorOptions options;
    private final RunDescription description;

    public Emulator(EmulatorOptions options) {
        this.options = options;
        description = new RunDescription(options);
    }

    /** The run before its first event: open, with its id and what it will have recorded. */
    public Run open() {
        return description.open();
    }

    /** Runs from power-on to power-off. Throws what the sink throws. */
    public EmulatorResult run(EventSink sink) {
        return run(sink, options.scenario().program(options), BATCH_EVENTS);
    }

    /** The same with a guest and a batch of one's own. */
    EmulatorResult run(EventSink sink, GuestProgram program, int batch) {
        CostClock clock = new CostClock(options.costs(), options.seed());
        TraceRecorder recorder = new TraceRecorder(sink, description.stream(), clock, options.groundTruth(), batch);
        PhysicalCpu cpu = new PhysicalCpu();
        Vmcs vmcs = new Vmcs();
        GuestTime time = new GuestTime();
        HostTicks ticks = new HostTicks(options.seed());
        LocalApic apic = new LocalApic();
        Hypervisor hypervisor = new Hypervisor(options, vmcs, cpu, time, ticks, apic, recorder, clock);
        VirtualCpu guest = new VirtualCpu(options, cpu, vmcs, hypervisor, program, time, ticks, apic, recorder, clock);

        hypervisor.start(RESET_RIP);
        program.boot(guest);
        while (recorder.events() < options.events() && time.instructions() < options.guestInstructions()) {
            program.step(guest);
        }
        program.shutDown(guest);
        recorder.flush();
        return new EmulatorResult(description.complete(recorder), program.report(time.instructions()));
    }
}
