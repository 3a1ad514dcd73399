package io.trapline.producer.emulator;

import java.util.Set;

/**
 * An exit of L2 as L1 sees it, with the operands that L1 would find in L2's registers.
 *
 * @param reason number of the ISA
 * @param index MSR, CPUID leaf or port that the instruction names; 0 where it names none
 * @param value what it writes; 0 where it reads
 * @param interruptInfo exception or interrupt that the exit is for; 0 where it is for none
 */
public record NestedExit(int reason, long index, long value, long interruptInfo) {
    private static final Set<Integer> MSR_READS = Set.of(31, 0x7c);
    private static final Set<Integer> MSR_WRITES = Set.of(32, 0x7c);
    private static final int SVM_EXCEPTIONS = 0x40;
    private static final Set<Integer> HALTS = Set.of(12, 0x78);
    /** IO_INSTRUCTION, EPT_MISCONFIG, and SVM's io. */
    private static final Set<Integer> DEVICES = Set.of(30, 49, 0x7b);

    /** Whether L2 accesses this MSR. SVM's reason does not tell reads from writes. */
    public boolean isAccessOf(long msr) {
        return index == msr && (MSR_READS.contains(reason) || MSR_WRITES.contains(reason));
    }

    public boolean isMsrWrite() {
        return MSR_WRITES.contains(reason);
    }

    public boolean isHalt() {
        return HALTS.contains(reason);
    }

    /** Whether L2 asks a device that L1's VMM has. */
    public boolean asksDevice() {
        return DEVICES.contains(reason);
    }

    /** Whether the exit is for this exception: VMX says so in the interrupt information, SVM has a reason for each. */
    public boolean isException(int vector) {
        return interruptInfo == (0x80000300L | vector) || reason == SVM_EXCEPTIONS + vector;
    }
}
