package io.trapline.producer.scenario;

import io.trapline.producer.emulator.CostModel;
import io.trapline.producer.emulator.Isa;
import io.trapline.producer.emulator.KernelProfile;
import io.trapline.producer.emulator.Strategy;
import io.trapline.producer.emulator.guest.VmPlan;
import java.util.List;

/**
 * A scenario as its file says it, checked.
 *
 * @param name part of run ids
 * @param about one line for a list
 * @param events limit of recorded events of the run
 * @param instructions limit of guest instructions of each vCPU
 * @param cpus physical CPUs of the host
 * @param movesVcpus whether the host moves vCPUs between its CPUs
 * @param groundTruth whether the events that no real recording has are written too
 */
public record ScenarioFile(
        String name,
        String about,
        long seed,
        long events,
        long instructions,
        Isa isa,
        KernelProfile kernel,
        Strategy strategy,
        int cpus,
        boolean movesVcpus,
        CostModel costs,
        boolean groundTruth,
        List<VmPlan> vms) {
    public ScenarioFile {
        vms = List.copyOf(vms);
    }

    /** All vCPUs of all VMs. */
    public int vcpus() {
        return vms.stream().mapToInt(vm -> vm.count() * vm.vcpus()).sum();
    }
}
