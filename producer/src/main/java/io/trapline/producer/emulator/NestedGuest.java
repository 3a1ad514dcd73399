package io.trapline.producer.emulator;

import java.util.Objects;

/**
 * A guest of a guest: what L1 has written into its control block, what runs in L2, and L1's code around it.
 *
 * @param controls vmcs12 or vmcb12
 * @param program the software in L2
 * @param hypervisor L1
 */
public record NestedGuest(NestedControls controls, GuestProgram program, L1Hypervisor hypervisor) {
    public NestedGuest {
        Objects.requireNonNull(controls);
        Objects.requireNonNull(program);
        Objects.requireNonNull(hypervisor);
    }
}
