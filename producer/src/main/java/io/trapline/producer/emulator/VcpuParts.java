package io.trapline.producer.emulator;

/**
 * What the guest's side and KVM's side of one vCPU share.
 *
 * @param vm the VM that it is of
 * @param purpose tells the dice of this vCPU from those of others; empty for the first one of the first VM
 */
record VcpuParts(
        VmSetup vm,
        String purpose,
        VcpuThread thread,
        ControlBlocks blocks,
        VcpuState state,
        TraceRecorder recorder,
        LocalApic apic,
        HostTicks ticks,
        GuestTime time,
        Vmm vmm) {}
