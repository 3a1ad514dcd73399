package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.GuestCpu;
import io.trapline.producer.emulator.L1Hypervisor;

/** A hypervisor in L1 with a VMM around it, which calls it for a while and then does something else. */
interface NestedHypervisor extends L1Hypervisor {
    /** Before L2 runs: its FPU state comes into the registers. */
    void load(GuestCpu cpu);

    /** After L2 has run. */
    void put(GuestCpu cpu);
}
