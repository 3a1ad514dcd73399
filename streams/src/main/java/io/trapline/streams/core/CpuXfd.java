package io.trapline.streams.core;

import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.Msrs;

/**
 * IA32_XFD of one physical CPU as its last record showed it (R18): in the stream of a vCPU while its thread is between exit
 * and entry, in the stream of a host CPU over all threads.
 */
public final class CpuXfd {
    boolean known;
    long value;
    int cpu;
    /** What the last record said before the read at hand. */
    long before;

    /** Value that the record before the one at hand showed. */
    public long before() {
        return before;
    }

    public long value() {
        return value;
    }

    /** Steps over an event of a host CPU's stream. */
    public static void stepHost(VcpuState state, EventView event, Observer observer) {
        if (event.kind() == EventKind.GAP) {
            loseHost(state);
        } else if (isShownBy(event)) {
            // What the thread of a vCPU reads the guest may have written.
            boolean guests = event.has(HostMsrAccess.THREAD);
            state.cpuXfd().access(state, event, !guests, observer);
        }
    }

    /** Events of a host CPU's stream are missing here. */
    public static void loseHost(VcpuState state) {
        state.lossSeen = true;
        state.cpuXfd().forget();
    }

    /** Whether the event shows the register of its CPU. */
    public static boolean isShownBy(EventView event) {
        return event.kind() == EventKind.HOST_MSR_ACCESS
                && event.get(HostMsrAccess.INDEX) == Msrs.IA32_XFD
                && !event.is(HostMsrAccess.FAILED);
    }

    /** An access of the vCPU's thread: nobody else writes the register between its records, unless it moves. */
    void accessInTurn(VcpuState state, EventView event, Observer observer) {
        if (!EventFlags.inInterrupt(event.flags())) {
            access(state, event, state.turn().open, observer);
        }
    }

    private void access(VcpuState state, EventView event, boolean comparable, Observer observer) {
        long shown = event.get(HostMsrAccess.VALUE);
        boolean reads = !event.is(HostMsrAccess.WRITE);
        boolean compare = reads && comparable && known && cpu == event.cpu();
        before = value;
        known = true;
        value = shown;
        cpu = event.cpu();
        if (compare) {
            observer.hostXfdRead(state, event);
        }
    }

    void forget() {
        known = false;
    }

    void each(Items items) {
        known = items.next(known);
        value = items.next(value);
        cpu = items.next(cpu);
        before = items.next(before);
    }
}
