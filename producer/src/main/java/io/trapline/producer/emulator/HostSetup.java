package io.trapline.producer.emulator;

import java.util.List;
import java.util.Objects;

/**
 * A host and the VMs on it.
 *
 * @param cpus physical CPUs; vCPUs begin on them in turn
 * @param migrates whether the host's scheduler moves vCPUs between its CPUs
 */
public record HostSetup(Isa isa, int cpus, boolean migrates, List<VmSetup> vms) {
    public HostSetup {
        Objects.requireNonNull(isa);
        vms = List.copyOf(vms);
        if (cpus < 1 || vms.isEmpty()) {
            throw new IllegalArgumentException("a host of " + cpus + " CPUs and " + vms.size() + " VMs");
        }
        if (isa == Isa.SVM && vms.stream().anyMatch(VmSetup::guestXfd)) {
            throw new IllegalArgumentException("no AMD CPU exposes XFD to KVM (R3)");
        }
    }

    /** One VM on an Intel host that has a CPU for each of its vCPUs. */
    public static HostSetup of(VmSetup vm) {
        return new HostSetup(Isa.VMX, vm.vcpus(), false, List.of(vm));
    }
}
