package io.trapline.producer.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts vCPU threads together to VMs where the recording has no process ids. A thread joins the VM that does not have its
 * vCPU yet, whose threads have the same name but for digits, and whose pids are nearest; else it begins a new one.
 */
final class VmGuesser {
    private static final String NAME_PREFIX = "vm-";

    private final List<GuessedVm> vms = new ArrayList<>();

    /** Whether {@link #vmOf} is the VM where the thread is already. */
    boolean knows(TraceThread thread, int vcpu) {
        boolean another = thread.formerVcpu != TraceThread.UNKNOWN && thread.formerVcpu != vcpu;
        return thread.guessedVm != null && !another;
    }

    /** The VM of a thread that prints this vCPU number; a thread that is in a VM already stays there. */
    GuessedVm vmOf(TraceThread thread, int vcpu) {
        GuessedVm vm = knows(thread, vcpu) ? thread.guessedVm : nearest(thread, vcpu);
        vm.add(thread, vcpu);
        thread.guessedVm = vm;
        return vm;
    }

    private GuessedVm nearest(TraceThread thread, int vcpu) {
        return vms.stream()
                .filter(vm -> !vm.has(vcpu) && vm.looksLike(thread))
                .min(Comparator.comparingInt(vm -> vm.pidDistance(thread)))
                .orElseGet(this::begin);
    }

    private GuessedVm begin() {
        GuessedVm vm = new GuessedVm(NAME_PREFIX + vms.size());
        vms.add(vm);
        return vm;
    }
}
