package io.trapline.streams.cost;

import io.trapline.streams.core.Exits;
import io.trapline.streams.core.Turn;

/**
 * The sub-reason of an exit, as a number for counting and as text for people: {@code 0x1c4 write}, {@code port 0x10 out},
 * {@code vector 7}, or nothing.
 */
public final class ExitDetail {
    // Kind in the lowest bits and the value above: small numbers, which stored state writes in few bytes.
    static final long NONE = 0;
    /** Too many details of one reason. */
    static final long OTHER = 4;

    private static final long MSR = 1;
    private static final long PORT = 2;
    private static final long VECTOR = 3;
    private static final long KIND = 7;
    private static final long WRITE = 8;
    private static final int VALUE_SHIFT = 4;
    private static final long VALUE = 0xffff_ffffL;

    private ExitDetail() {}

    /** The detail of one exit as text. */
    public static String of(Turn turn) {
        return text(codeOf(turn));
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
        return NONE;
    }

    private static long code(long kind, boolean write, long value) {
        return (value & VALUE) << VALUE_SHIFT | (write ? WRITE : 0) | kind;
    }

    static String text(long code) {
        boolean write = (code & WRITE) != 0;
        String value = Long.toHexString(code >>> VALUE_SHIFT);
        long kind = code & KIND;
        if (kind == MSR) {
            return "0x" + value + (write ? " write" : " read");
        } else if (kind == PORT) {
            return "port 0x" + value + (write ? " out" : " in");
        } else if (kind == VECTOR) {
            return "vector " + (code >>> VALUE_SHIFT);
        } else if (kind == OTHER) {
            return "other";
        }
        return "";
    }
}
