package io.trapline.producer.emulator;

/** The clock of a physical CPU in the recording. It only counts what is spent: nothing in guest or hypervisor may look at it. */
final class CostClock {
    /** A recording does not begin at boot of the host. */
    private static final long START_NANOS = 2_000_000_000L;

    private final int mhz;
    private final Dice dice;
    private long cycles;

    /** Each physical CPU spends time of its own. */
    CostClock(CostModel costs, long seed, int cpu) {
        mhz = costs.mhz();
        dice = new Dice(seed, cpu == 0 ? "clock" : "clock " + cpu);
    }

    /** Spends this many cycles or up to a quarter more, and once in a while (a cold cache) six times as many. */
    void spend(int nominalCycles) {
        long thrown = dice.next();
        long more = (thrown & 0xff) * nominalCycles >> 10;
        boolean cold = (thrown >>> 8 & 0x1ff) == 0;
        cycles += cold ? 6L * nominalCycles : nominalCycles + more;
    }

    /** Spends exactly this many. */
    void pass(long exactCycles) {
        cycles += exactCycles;
    }

    /** Waits idle until this time if it is still to come. */
    void waitUntil(long nanos) {
        // Rounded up, so that the time is reached and not just missed.
        cycles = Math.max(cycles, ((nanos - START_NANOS) * mhz + 999) / 1_000);
    }

    long nanos() {
        return START_NANOS + cycles * 1_000 / mhz;
    }
}
