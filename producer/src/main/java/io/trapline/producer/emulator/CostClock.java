package io.trapline.producer.emulator;

/** The clock of the recording. It only counts what is spent: nothing in guest or hypervisor may look at it. */
final class CostClock {
    /** A recording does not begin at boot of the host. */
    private static final long START_NANOS = 2_000_000_000L;

    private final int mhz;
    private final Dice dice;
    private long cycles;

    CostClock(CostModel costs, long seed) {
        mhz = costs.mhz();
        dice = new Dice(seed, "clock");
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

    long nanos() {
        return START_NANOS + cycles * 1_000 / mhz;
    }
}
