package io.trapline.producer.emulator;

/**
 * An exit of L2 as L1 sees it, with the operands that L1 would find in L2's registers.
 *
 * @param reason number of the ISA
 * @param index MSR, CPUID leaf or port that the instruction names; 0 where it names none
 * @param value what it writes; 0 where it reads
 * @param interruptInfo exception or interrupt that the exit is for; 0 where it is for none
 */
public record NestedExit(int reason, long index, long value, long interruptInfo) {
    /** Whether the exit is for this exception. */
    public boolean isException(int vector) {
        return interruptInfo == (0x80000300L | vector);
    }
}
