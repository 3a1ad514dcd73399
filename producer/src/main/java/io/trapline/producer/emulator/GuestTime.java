package io.trapline.producer.emulator;

/**
 * The time that the guest lives in: its instructions. Timers run by it, so that what the guest does is the same whatever an
 * exit costs.
 */
final class GuestTime {
    /** The guest's TSC advances this much per instruction. */
    static final int TSC_PER_INSTRUCTION = 128;

    private static final long TSC_AT_START = 0x1_0000_0000L;

    private long instructions;

    long instructions() {
        return instructions;
    }

    void execute() {
        instructions++;
    }

    /** Jumps to a moment in the future, as a halted guest does; returns the instructions skipped. */
    long skipTo(long moment) {
        long skipped = Math.max(0, moment - instructions);
        instructions += skipped;
        return skipped;
    }

    long tsc() {
        return TSC_AT_START + instructions * TSC_PER_INSTRUCTION;
    }

    /** The instruction at which the TSC will have reached this value. */
    static long instructionAt(long tsc) {
        return (tsc - TSC_AT_START + TSC_PER_INSTRUCTION - 1) / TSC_PER_INSTRUCTION;
    }
}
