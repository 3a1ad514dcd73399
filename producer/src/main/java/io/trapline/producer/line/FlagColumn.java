package io.trapline.producer.line;

import io.trapline.schemas.event.EventFlags;

/** The irq-info column: what its characters mean. Four before kernel 5.12 or so, five since (migrate-disable depth). */
public final class FlagColumn {
    public static final int CHARACTERS_BEFORE_MIGRATE_DISABLE = 4;
    public static final int CHARACTERS = 5;

    private static final int ASCII = 128;
    private static final byte[] FIRST = irqs();
    private static final byte[] SECOND = resched();
    private static final byte[] THIRD = context();

    private FlagColumn() {}

    /** Reads the column between two places of a line; false if it is none. */
    public static boolean read(byte[] bytes, int from, int to, LinePrefix into) {
        int characters = to - from;
        if (characters != CHARACTERS && characters != CHARACTERS_BEFORE_MIGRATE_DISABLE) {
            return false;
        }
        int bits =
                EventFlags.RECORDED | of(FIRST, bytes[from]) | of(SECOND, bytes[from + 1]) | of(THIRD, bytes[from + 2]);
        into.flags(bits, characters);
        return true;
    }

    private static int of(byte[] meanings, byte character) {
        return character < 0 ? 0 : meanings[character];
    }

    private static byte[] irqs() {
        byte[] of = new byte[ASCII];
        of['d'] = EventFlags.IRQS_OFF;
        of['D'] = EventFlags.IRQS_OFF | EventFlags.BH_OFF;
        of['b'] = EventFlags.BH_OFF;
        return of;
    }

    private static byte[] resched() {
        byte[] of = new byte[ASCII];
        for (char character : "NnpBbLl".toCharArray()) {
            of[character] = EventFlags.NEED_RESCHED;
        }
        return of;
    }

    /** An NMI (z, Z) came in between just as an interrupt does. */
    private static byte[] context() {
        byte[] of = new byte[ASCII];
        of['h'] = EventFlags.HARD_IRQ;
        of['z'] = EventFlags.HARD_IRQ;
        of['Z'] = EventFlags.HARD_IRQ;
        of['s'] = EventFlags.SOFT_IRQ;
        of['H'] = EventFlags.HARD_IRQ | EventFlags.SOFT_IRQ;
        return of;
    }
}
