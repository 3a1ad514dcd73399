package io.trapline.streams.whatif;

/** Axis I: when writes of IA32_XFD by L1 exit (specification, 5.4). Those of L2 exit under all of them (R24). */
public enum InterceptRule {
    /** Up to the first accepted value that is not 0. */
    I1,
    /** Always. */
    I2,
    /** Never. */
    I3,
    /** Up to the first accepted value that is not {@link #BOOT_VALUE}. */
    I4,
    /** As I1, and again after {@link #REARM_AFTER} slow exits in a row that find XFD as it was. */
    I5;

    /** What Linux writes when it brings a CPU up. */
    public static final long BOOT_VALUE = 0x40000;

    /** Syncs that pay for the one exit more that closing costs, about: c_exit / c_rdmsr (specification, 5.4). */
    public static final int REARM_AFTER = 64;
}
