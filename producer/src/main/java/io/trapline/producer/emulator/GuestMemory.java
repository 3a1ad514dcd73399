package io.trapline.producer.emulator;

/** Pages of the guest's RAM in the order in which it first uses them. */
public final class GuestMemory {
    private static final long PAGE = 0x1000;

    private long next;

    public GuestMemory(long firstPage) {
        next = firstPage;
    }

    /** A page that nobody has used. */
    public long freshPage() {
        long page = next;
        next += PAGE;
        return page;
    }
}
