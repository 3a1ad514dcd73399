package io.trapline.streams.cost;

import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.EmulatedAccess;
import io.trapline.streams.core.Exits;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.Turn;

/**
 * The sub-reason of an exit, as a number for counting and as text for people: {@code 0x1c4 write}, {@code port 0x10 out},
 * {@code vector 7}, {@code mmio 0xfee00000 write}, {@code cr0 write}, {@code hypercall 5}, {@code nested CPUID} for the
 * reason with which L1 got an exit of L2, or nothing.
 */
public final class ExitDetail {
    // Kind in the lowest bits and the value above: small numbers, which stored state writes in few bytes.
    static final long NONE = 0;
    /** Too many details of one reason. */
    static final long OTHER = 4;

    private static final long MSR = 1;
    private static final long PORT = 2;
    private static final long VECTOR = 3;
    /** With a value: one more than the reason that L1 got. Without one: {@link #OTHER}. */
    private static final long NESTED = 4;

    private static final long MMIO = 5;
    private static final long CR = 6;
    private static final long HYPERCALL = 7;
    private static final long KIND = 7;
    private static final long WRITE = 8;
    private static final int VALUE_SHIFT = 4;
    private static final long VALUE = 0xffff_ffffL;
    private static final int PAGE_SHIFT = 12;

    private ExitDetail() {}

    /** The detail of one exit as text. */
    public static String of(Turn turn) {
        return text(turn.isa(), codeOf(turn));
    }

    static long codeOf(Turn turn) {
        int isa = turn.isa();
        long reason = turn.reason();
        if (turn.msrAccesses() > 0 && Exits.isMsrAccess(isa, reason)) {
            return code(MSR, turn.firstMsrWrite(), turn.firstMsr());
        }
        if (turn.portIo() && Exits.isPortIo(isa, reason)) {
            return code(PORT, turn.firstPortWrite(), turn.firstPort());
        }
        if (turn.intrInfoKnown() && Exits.isException(isa, reason)) {
            int vector = Exits.vector(turn.intrInfo());
            return vector < 0 ? NONE : code(VECTOR, false, vector);
        }
        if (Exits.namesMsr(isa, reason)) {
            return code(MSR, Exits.namesMsrWrite(isa, reason), turn.info1());
        }
        if (turn.emulatedAccess().kind() != EmulatedAccess.Kind.NONE) {
            return codeOf(turn.emulatedAccess());
        }
        boolean toL1 = turn.level() == Level.L2 && turn.nestedReflected();
        return toL1 ? code(NESTED, false, turn.reflectedReason() + 1) : NONE;
    }

    private static long codeOf(EmulatedAccess access) {
        return switch (access.kind()) {
            case MMIO -> wide(MMIO, access.write(), access.place() >>> PAGE_SHIFT);
            case CR -> code(CR, access.write(), access.place());
            case HYPERCALL -> wide(HYPERCALL, false, access.place());
            case NONE -> NONE;
        };
    }

    private static long code(long kind, boolean write, long value) {
        return wide(kind, write, value & VALUE);
    }

    private static long wide(long kind, boolean write, long value) {
        return value << VALUE_SHIFT | (write ? WRITE : 0) | kind;
    }

    /** {@code isa} spells the reason of a nested exit. */
    static String text(int isa, long code) {
        boolean write = (code & WRITE) != 0;
        long value = code >>> VALUE_SHIFT;
        return switch ((int) (code & KIND)) {
            case (int) MSR -> "0x" + Long.toHexString(value) + (write ? " write" : " read");
            case (int) PORT -> "port 0x" + Long.toHexString(value) + (write ? " out" : " in");
            case (int) VECTOR -> "vector " + value;
            case (int) MMIO -> "mmio 0x" + Long.toHexString(value << PAGE_SHIFT) + (write ? " write" : " read");
            case (int) CR -> "cr" + value + (write ? " write" : " read");
            case (int) HYPERCALL -> "hypercall " + value;
            case (int) NESTED -> code == OTHER ? "other" : "nested " + ExitReasons.name(isa, value - 1);
            default -> "";
        };
    }
}
