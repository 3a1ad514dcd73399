package io.trapline.streams.whatif;

/** Axis S: when an exit reads the guest's IA32_XFD back (specification, 5.2). */
public enum SyncRule {
    /** The flag that R4 sets. */
    S1,
    /** XFD's write bit in the MSR bitmap of the VMCS that is loaded: never while L2 runs. */
    S2,
    /** XFD's write bit in vmcs01's bitmap. */
    S3,
    /** What {@code msr_write_intercepted()} of 5.17 would have said: SPEC_CTRL's write bit. */
    S4,
    /** At every slow exit of every guest, where the host has dynamic features. */
    S5,
    /** Never. */
    S6
}
