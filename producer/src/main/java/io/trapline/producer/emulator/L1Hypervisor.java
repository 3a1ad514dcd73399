package io.trapline.producer.emulator;

/** The hypervisor that is itself a guest: its instructions between an exit of L2 and the next VMRESUME (or VMRUN). */
public interface L1Hypervisor {
    /** Before each entry into L2: the last instructions before VMLAUNCH, VMRESUME or VMRUN. */
    void entering(GuestCpu cpu, NestedControls controls);

    /**
     * After an exit of L2 that L0 reflected. What it wants L2 to take at the entry it puts into the controls.
     *
     * @return what the instruction of L2 reads; 0 where it reads nothing
     */
    long exited(GuestCpu cpu, NestedControls controls, NestedExit exit);
}
