package io.trapline.producer.emulator;

import java.util.List;

/** The IPIs of one vCPU within its VM. */
final class VmIpis implements Ipis {
    private final int sender;
    private final List<Vcpu> vm;
    private final Machine machine;

    /** {@code vm} has all vCPUs of the VM once they are there. */
    VmIpis(int sender, List<Vcpu> vm, Machine machine) {
        this.sender = sender;
        this.vm = vm;
        this.machine = machine;
    }

    @Override
    public boolean isOther(int destination) {
        return destination != sender && destination >= 0 && destination < vm.size();
    }

    @Override
    public void send(int destination, long instruction, long nanos) {
        machine.interrupt(vm.get(destination), instruction, nanos);
    }
}
