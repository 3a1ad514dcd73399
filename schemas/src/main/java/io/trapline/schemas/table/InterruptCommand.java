package io.trapline.schemas.table;

import java.util.List;

/**
 * The low word of a local APIC's interrupt command register: its parts, and their names as {@code kvm_apic_ipi} and
 * {@code kvm_apic_accept_irq} print them. Source: the print tables of these tracepoints. They print no other bits, so a
 * word read from text is the word that was written, but for the bits that command no interrupt.
 */
public final class InterruptCommand {
    private static final List<String> DELIVERY_MODES =
            List.of("Fixed", "LowPrio", "SMI", "Res3", "NMI", "INIT", "SIPI", "ExtINT");
    private static final List<String> SHORTHANDS = List.of("dst", "self", "all", "all-but-self");

    private static final int VECTOR = 0xff;
    private static final int DELIVERY_MODE_SHIFT = 8;
    private static final long LOGICAL = 1L << 11;
    private static final long ASSERT = 1L << 14;
    private static final long LEVEL = 1L << 15;
    private static final int SHORTHAND_SHIFT = 18;

    private InterruptCommand() {}

    /** The word with these parts; a part that does not fit its bits is a bug. */
    public static long of(
            int vector, int deliveryMode, boolean logical, boolean asserted, boolean level, int shorthand) {
        if ((vector & ~VECTOR) != 0) {
            throw new IllegalArgumentException("an interrupt vector cannot be " + vector);
        }
        checkIndex(deliveryMode, DELIVERY_MODES, "a delivery mode");
        checkIndex(shorthand, SHORTHANDS, "a destination shorthand");
        return vector
                | (long) deliveryMode << DELIVERY_MODE_SHIFT
                | (logical ? LOGICAL : 0)
                | (asserted ? ASSERT : 0)
                | (level ? LEVEL : 0)
                | (long) shorthand << SHORTHAND_SHIFT;
    }

    private static void checkIndex(int number, List<String> names, String what) {
        if (number < 0 || number >= names.size()) {
            throw new IllegalArgumentException(what + " cannot be " + number);
        }
    }

    public static int vector(long icrLow) {
        return (int) icrLow & VECTOR;
    }

    /** 0 to 7. */
    public static int deliveryMode(long icrLow) {
        return (int) (icrLow >> DELIVERY_MODE_SHIFT) & DELIVERY_MODES.size() - 1;
    }

    /** The destination is logical; otherwise physical. */
    public static boolean isLogical(long icrLow) {
        return (icrLow & LOGICAL) != 0;
    }

    /** The line is asserted; otherwise de-asserted. */
    public static boolean isAssert(long icrLow) {
        return (icrLow & ASSERT) != 0;
    }

    /** Triggered by level; otherwise by edge. */
    public static boolean isLevel(long icrLow) {
        return (icrLow & LEVEL) != 0;
    }

    /** 0 to 3: the destination field, self, all, all but self. */
    public static int shorthand(long icrLow) {
        return (int) (icrLow >> SHORTHAND_SHIFT) & SHORTHANDS.size() - 1;
    }

    /** The delivery mode as the kernel prints it; only its low three bits count, as there. */
    public static String deliveryModeName(int deliveryMode) {
        return DELIVERY_MODES.get(deliveryMode & DELIVERY_MODES.size() - 1);
    }

    /** The delivery mode behind a printed name, -1 for a name that is not in the table. */
    public static int deliveryModeNumber(String name) {
        return DELIVERY_MODES.indexOf(name);
    }

    /** The destination shorthand as the kernel prints it; only its low two bits count. */
    public static String shorthandName(int shorthand) {
        return SHORTHANDS.get(shorthand & SHORTHANDS.size() - 1);
    }

    /** The destination shorthand behind a printed name, -1 for a name that is not in the table. */
    public static int shorthandNumber(String name) {
        return SHORTHANDS.indexOf(name);
    }
}
