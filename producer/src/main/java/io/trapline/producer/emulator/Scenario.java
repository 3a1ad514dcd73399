package io.trapline.producer.emulator;

import io.trapline.producer.emulator.guest.GuestMix;
import io.trapline.producer.emulator.guest.NestedMix;
import io.trapline.producer.emulator.guest.NestedMix.L1;
import io.trapline.producer.emulator.guest.VmPlan;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Guests that can be run without further description. */
public enum Scenario {
    AMX_TASKS(
            "amx-tasks",
            "a guest boots, arms XFD and switches between tasks with and without AMX",
            options -> HostSetup.of(linux(options, 1))),
    LAZY_FPU(
            "lazy-fpu",
            "tasks get the FPU on first use, by CR0.TS, and some of them use AMX",
            options -> HostSetup.of(vm(options, 1, GuestMix.lazyFpu(options.amxTasks(), options.plainTasks())))),
    BAD_BITS(
            "bad-bits",
            "a guest tries values of XFD and XFD_ERR that are refused",
            options ->
                    HostSetup.of(VmSetup.of(RunDescription.FIRST_VM, 1, vcpu -> new BadBitsProgram(options.seed())))),
    SPEC_CTRL(
            "spec-ctrl",
            "a guest that switches its speculation controls with its tasks",
            options -> HostSetup.of(
                    VmSetup.of(RunDescription.FIRST_VM, 1, vcpu -> new SpecCtrlProgram(options.seed(), false)))),
    FILTERED(
            "filtered",
            "user space keeps writes of XFD to itself",
            options -> HostSetup.of(linux(options, 1).withFilter(new MsrFilter(Set.of(), Set.of(Msr.XFD), true)))),
    NESTED(
            "nested",
            "KVM in the guest runs an L2 that uses AMX, and intercepts its #NM",
            options -> nested(options, L1.KVM, GuestMix.linux(1, 1))),
    NESTED_WITHOUT_NM(
            "nested-without-nm",
            "a hypervisor in the guest runs an L2 that uses AMX, and does not intercept its #NM",
            options -> nested(options, L1.OPEN, GuestMix.linux(1, 1))),
    L2_FIRST(
            "l2-first",
            "a hypervisor that leaves XFD alone runs an L2 that is the first to arm it",
            options -> nested(options, L1.OPEN, GuestMix.linux(3, 1).armingLate())),
    SVM(
            "svm",
            "a guest of an AMD host, which has no XFD and tries it all the same",
            options -> svm(vcpu -> new SpecCtrlProgram(options.seed(), true))),
    SMP(
            "smp",
            "four vCPUs on two physical CPUs, which move about and interrupt each other",
            options -> new HostSetup(Isa.VMX, 2, true, List.of(linux(options, 4))));

    private final String title;
    private final String sentence;
    private final Function<EmulatorOptions, HostSetup> host;

    Scenario(String title, String sentence, Function<EmulatorOptions, HostSetup> host) {
        this.title = title;
        this.sentence = sentence;
        this.host = host;
    }

    /** A VM of Linux with the tasks of the options on each of its vCPUs. */
    private static VmSetup linux(EmulatorOptions options, int vcpus) {
        return vm(options, vcpus, GuestMix.linux(options.amxTasks(), options.plainTasks()));
    }

    private static VmSetup vm(EmulatorOptions options, int vcpus, GuestMix guest) {
        return VmPlan.of(vcpus, guest).setup(RunDescription.FIRST_VM, 0, options.seed(), Isa.VMX);
    }

    private static HostSetup nested(EmulatorOptions options, L1 l1, GuestMix guest) {
        GuestMix l2 = GuestMix.linux(options.amxTasks(), options.plainTasks()).nested();
        VmPlan plan = VmPlan.of(1, guest).running(new NestedMix(l1, 2, 4, 40, l2));
        return HostSetup.of(plan.setup(RunDescription.FIRST_VM, 0, options.seed(), Isa.VMX));
    }

    private static HostSetup svm(IntFunction<GuestProgram> programs) {
        VmSetup vm = VmSetup.of(RunDescription.FIRST_VM, 1, programs).withoutXfd();
        return new HostSetup(Isa.SVM, 1, false, List.of(vm));
    }

    /** Name in run ids, commands and messages. */
    public String title() {
        return title;
    }

    public String sentence() {
        return sentence;
    }

    /** The guests; what the options say about them is in the options' own line already. */
    Subject subject(EmulatorOptions options) {
        return new Subject(title, "", host.apply(options));
    }
}
