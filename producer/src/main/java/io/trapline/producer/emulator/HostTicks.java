package io.trapline.producer.emulator;

/** The host's own interrupts, by guest instructions like all time here, and whether one lets another task run. */
final class HostTicks {
    private static final int GAP_MIN = 150;
    private static final int GAP_MAX = 900;
    private static final int PREEMPTED_ONE_IN = 4;

    private final Dice dice;
    private long next;

    HostTicks(long seed, String purpose) {
        dice = new Dice(seed, "host" + purpose);
        next = dice.between(GAP_MIN, GAP_MAX);
    }

    /** The instruction before which the next one comes. */
    long next() {
        return next;
    }

    /** It came at this instruction; returns whether another task ran. */
    boolean handled(long instruction) {
        next = instruction + dice.between(GAP_MIN, GAP_MAX);
        return dice.oneIn(PREEMPTED_ONE_IN);
    }

    /** Whether a page that the hypervisor needs for a delivery is missing. */
    boolean deliveryPageMissing() {
        return dice.oneIn(8);
    }

    /** Whether another task runs while the guest is halted. */
    boolean othersRunMeanwhile() {
        return dice.oneIn(3);
    }
}
