package io.trapline.producer.emulator;

/** User space: answers the devices that the kernel does not have, and ends the run when the guest powers off. */
final class Vmm {
    static final int EXIT_IO = 2;
    static final int EXIT_MMIO = 6;
    static final int EXIT_INTR = 10;
    static final int EXIT_RDMSR = 29;
    static final int EXIT_WRMSR = 30;
    /** A write here powers the guest off. */
    static final int POWER_PORT = 0xf4;

    private final Dice dice;
    private boolean off;

    Vmm(long seed, String purpose) {
        dice = new Dice(seed, "vmm" + purpose);
    }

    void portWritten(int port) {
        off |= port == POWER_PORT;
    }

    /** What a device register of so many bytes reads as. */
    long deviceRead(int size) {
        return dice.next() & (1L << 8 * size) - 1;
    }

    /** Whether KVM_RUN will not be called again. */
    boolean isOff() {
        return off;
    }
}
