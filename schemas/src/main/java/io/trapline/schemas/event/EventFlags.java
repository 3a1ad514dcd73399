package io.trapline.schemas.event;

/** Bits of the flag byte of an event: what ftrace's irq-info column said. Without {@link #RECORDED} nothing is known. */
public final class EventFlags {
    public static final int RECORDED = 0x80;
    public static final int IRQS_OFF = 0x01;
    public static final int HARD_IRQ = 0x02;
    public static final int SOFT_IRQ = 0x04;
    public static final int BH_OFF = 0x08;
    public static final int NEED_RESCHED = 0x10;
    public static final int NONE = 0;

    private EventFlags() {}

    /** Whether the record was written by an interrupt that came in between, not by the thread itself. */
    public static boolean inInterrupt(int flags) {
        return (flags & (HARD_IRQ | SOFT_IRQ)) != 0;
    }
}
