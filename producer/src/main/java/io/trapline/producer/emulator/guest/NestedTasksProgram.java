package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.Dice;
import io.trapline.producer.emulator.GuestCpu;
import io.trapline.producer.emulator.GuestProgram;
import io.trapline.producer.emulator.GuestReport;
import io.trapline.producer.emulator.Isa;
import io.trapline.producer.emulator.NestedControls;
import io.trapline.producer.emulator.NestedGuest;

/** A guest with tasks, one of which is a VMM: between the steps of its own it runs a guest of its own. */
final class NestedTasksProgram implements GuestProgram {
    private static final long VMCS12 = 0x3000000;

    private final TasksProgram l1;
    private final TasksProgram l2;
    private final NestedHypervisor hypervisor;
    private final NestedGuest nested;
    private final NestedMix mix;
    private final Dice dice;

    /** {@code hasXfd}: whether CPUID shows XFD, to both levels. */
    NestedTasksProgram(long seed, TasksProgram l1, NestedMix mix, boolean hasXfd, Isa isa) {
        this.l1 = l1;
        this.mix = mix;
        dice = new Dice(seed, "l1");
        l2 = new TasksProgram(dice.next(), mix.guest());
        NestedControls controls = new NestedControls(VMCS12);
        L2Fpu fpu = new L2Fpu(l1.kernel(), l1.vmm());
        hypervisor = switch (mix.l1()) {
            case KVM -> new KvmL1(fpu, hasXfd, isa, controls);
            case OPEN -> new OpenL1(fpu, hasXfd, false, controls);
            case OPEN_BUT_NM -> new OpenL1(fpu, hasXfd, true, controls);
            case CLOSED -> new ClosedL1(fpu, hasXfd, controls);
        };
        nested = new NestedGuest(controls, l2, hypervisor);
    }

    @Override
    public void boot(GuestCpu cpu) {
        l1.boot(cpu);
    }

    @Override
    public void step(GuestCpu cpu) {
        if (!dice.oneIn(mix.everySteps())) {
            l1.step(cpu);
            return;
        }
        l1.switchToVmm(cpu);
        hypervisor.load(cpu);
        cpu.runNested(nested, dice.between(mix.stepsMin(), mix.stepsMax()));
        hypervisor.put(cpu);
    }

    @Override
    public void shutDown(GuestCpu cpu) {
        l1.shutDown(cpu);
    }

    @Override
    public void exception(GuestCpu cpu, int vector) {
        l1.exception(cpu, vector);
    }

    @Override
    public void interrupt(GuestCpu cpu, int vector) {
        l1.interrupt(cpu, vector);
    }

    @Override
    public GuestReport report(long instructions) {
        return l1.report(instructions).plus(l2.report(0));
    }
}
