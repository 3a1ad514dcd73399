package io.trapline.streams.core;

import io.trapline.schemas.event.EventFields.CrAccess;
import io.trapline.schemas.event.EventFields.FastMmio;
import io.trapline.schemas.event.EventFields.Hypercall;
import io.trapline.schemas.event.EventFields.Mmio;
import io.trapline.schemas.event.EventView;

/** What else than an MSR or a port the exit of a turn was for, by the first record that fits the exit's reason. */
public final class EmulatedAccess {
    /** What was accessed. */
    public enum Kind {
        NONE,
        /** A device's memory: the place is a guest-physical address. */
        MMIO,
        /** A control register, by its number. */
        CR,
        /** A hypercall, by its number. */
        HYPERCALL;

        private static final Kind[] BY_ORDINAL = values();

        static Kind of(int ordinal) {
            return BY_ORDINAL[ordinal];
        }
    }

    /** Of kvm_mmio: 0 and 1 are reads. */
    private static final long MMIO_WRITE = 2;

    private Kind kind = Kind.NONE;
    private boolean write;
    private long place;

    public Kind kind() {
        return kind;
    }

    public boolean write() {
        return write;
    }

    /** Address or number. */
    public long place() {
        return place;
    }

    void mmio(Turn turn, EventView event) {
        if (Exits.mayBeMmio(turn.isa, turn.reason)) {
            first(turn, Kind.MMIO, event.get(Mmio.TYPE) == MMIO_WRITE, event.get(Mmio.GPA));
        }
    }

    void fastMmio(Turn turn, EventView event) {
        if (Exits.mayBeMmio(turn.isa, turn.reason)) {
            first(turn, Kind.MMIO, true, event.get(FastMmio.GPA));
        }
    }

    void cr(Turn turn, EventView event) {
        if (Exits.isCrAccess(turn.isa, turn.reason)) {
            first(turn, Kind.CR, event.is(CrAccess.WRITE), event.get(CrAccess.CR));
        }
    }

    void hypercall(Turn turn, EventView event) {
        if (Exits.isHypercall(turn.isa, turn.reason)) {
            first(turn, Kind.HYPERCALL, false, event.get(Hypercall.NR));
        }
    }

    private void first(Turn turn, Kind of, boolean writes, long at) {
        if (turn.open && kind == Kind.NONE) {
            kind = of;
            write = writes;
            place = at;
        }
    }

    void begin() {
        kind = Kind.NONE;
        write = false;
        place = 0;
    }

    void each(Items items) {
        kind = Kind.of(items.next(kind.ordinal()));
        write = items.next(write);
        place = items.next(place);
    }
}
