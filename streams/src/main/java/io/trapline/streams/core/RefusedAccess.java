package io.trapline.streams.core;

import io.trapline.schemas.event.EventFields.ExceptionInjected;
import io.trapline.schemas.event.EventFields.NestedExitReflected;
import io.trapline.schemas.event.EventView;

/** What followed in a turn on a refused access to IA32_XFD or IA32_XFD_ERR: R3 and R10 say #GP with code 0. */
public final class RefusedAccess {
    /** What the guest, or L1, got. */
    public enum Answer {
        NONE,
        GP,
        /** Another exception, or #GP with another code. */
        OTHER_EXCEPTION,
        /** An exit of L2 to L1 that is no #GP: what was queued for L2 waits, or is gone. */
        OTHER_EXIT;

        private static final Answer[] BY_ORDINAL = values();

        static Answer of(int ordinal) {
            return BY_ORDINAL[ordinal];
        }
    }

    private static final int GP_VECTOR = 13;

    boolean seen;
    long index;
    boolean write;
    long data;
    Answer answer = Answer.NONE;
    int vector;

    /** Whether the turn has such an access. */
    public boolean seen() {
        return seen;
    }

    public long index() {
        return index;
    }

    public boolean write() {
        return write;
    }

    public long data() {
        return data;
    }

    public Answer answer() {
        return answer;
    }

    /** Of the exception that was injected instead. */
    public int vector() {
        return vector;
    }

    void refused(MsrAccess access) {
        if (!seen) {
            seen = true;
            index = access.index;
            write = access.write;
            data = access.data;
        }
    }

    /** The first exception after it; a reinjected one belongs to another turn. */
    void injected(EventView event) {
        if (!seen || answer != Answer.NONE || event.is(ExceptionInjected.REINJECTED)) {
            return;
        }
        vector = (int) event.get(ExceptionInjected.VECTOR);
        boolean code = event.has(ExceptionInjected.ERROR_CODE) && event.get(ExceptionInjected.ERROR_CODE) != 0;
        answer = vector == GP_VECTOR && !code ? Answer.GP : Answer.OTHER_EXCEPTION;
    }

    /** L1 intercepts #GP of L2, or gets another exit. */
    void reflected(EventView event) {
        if (seen && answer == Answer.NONE) {
            boolean gp = Exits.isGeneralProtection(
                    (int) event.get(NestedExitReflected.ISA),
                    event.get(NestedExitReflected.EXIT_REASON),
                    event.get(NestedExitReflected.INT_INFO));
            answer = gp ? Answer.GP : Answer.OTHER_EXIT;
        }
    }

    void begin() {
        seen = false;
        index = 0;
        write = false;
        data = 0;
        answer = Answer.NONE;
        vector = 0;
    }

    void each(Items items) {
        seen = items.next(seen);
        index = items.next(index);
        write = items.next(write);
        data = items.next(data);
        answer = Answer.of(items.next(answer.ordinal()));
        vector = items.next(vector);
    }
}
