package io.trapline.producer.emulator;

/** Pages of the guest's RAM in the order in which it first uses them. */
final class GuestMemory {
    private static final long PAGE = 0x1000;

    private long next;

    GuestMemory(long firstPage) {
        next = firstPage;
    }

    /** A page that nobody has used. */
    long freshPage() {
        long page = next;
        next += PAGE;
        return page;
    }
}
