package io.trapline.producer.scenario;

import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.emulator.HostSetup;
import io.trapline.producer.emulator.Isa;
import io.trapline.producer.emulator.Scenario;
import io.trapline.producer.emulator.Subject;
import io.trapline.producer.emulator.VmSetup;
import io.trapline.producer.emulator.guest.GuestMix;
import io.trapline.producer.emulator.guest.VmPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A scenario as its file says it, checked.
 *
 * @param name part of run ids
 * @param about one line for a list
 * @param options how long, on which kernel, and what is recorded; the command line may change them
 * @param cpus physical CPUs of the host
 * @param movesVcpus whether the host moves vCPUs between its CPUs
 */
public record ScenarioFile(
        String name, String about, EmulatorOptions options, Isa isa, int cpus, boolean movesVcpus, List<VmPlan> vms) {

    public ScenarioFile {
        vms = List.copyOf(vms);
    }

    /** All vCPUs of all VMs. */
    public int vcpus() {
        return vms.stream().mapToInt(vm -> vm.count() * vm.vcpus()).sum();
    }

    /** Its emulator, with these options instead of its own. */
    public Emulator emulator(EmulatorOptions newOptions) {
        VmPlan first = vms.get(0);
        if (isAmxTasks()) {
            GuestMix guest = first.guest();
            return new Emulator(newOptions.withTasks(guest.amxTasks(), guest.plainTasks()));
        }
        return new Emulator(newOptions, subject(newOptions.seed()));
    }

    /** Whether its runs are those that {@code emulate} made before there were files, and have their ids. */
    public boolean isAmxTasks() {
        GuestMix guest = vms.get(0).guest();
        VmPlan linux = VmPlan.of(1, GuestMix.linux(guest.amxTasks(), guest.plainTasks()));
        return name.equals(Scenario.AMX_TASKS.title()) && isa == Isa.VMX && cpus == 1 && vms.equals(List.of(linux));
    }

    private Subject subject(long seed) {
        List<VmSetup> setups = new ArrayList<>();
        for (VmPlan vm : vms) {
            for (int copy = 0; copy < vm.count(); copy++) {
                setups.add(vm.setup(Integer.toString(setups.size() + 1), setups.size(), seed, isa));
            }
        }
        String guests = vms.stream().map(VmPlan::canonical).collect(Collectors.joining(";"));
        return new Subject(
                name,
                isa + "|cpus=" + cpus + "|moves=" + movesVcpus + "|" + guests,
                new HostSetup(isa, cpus, movesVcpus, setups));
    }
}
