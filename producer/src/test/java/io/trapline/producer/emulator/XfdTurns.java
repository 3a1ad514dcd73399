package io.trapline.producer.emulator;

import io.trapline.producer.EventSink;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.ExceptionInjected;
import io.trapline.schemas.event.EventFields.FpuSwitch;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.ExitReasons;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a vCPU's events has to do with XFD, a text for each exit up to its entry: {@code d exit CPUID; d r 1c4=40000; d entry}.
 * The letter is the first flag of ftrace.
 */
final class XfdTurns implements EventSink {
    private static final long NM_INTR_INFO = 0x80000307L;

    private final List<String> turns = new ArrayList<>();
    private final List<String> turn = new ArrayList<>();
    private final EventView event = new EventView();

    @Override
    public void accept(EventColumns columns) {
        if (columns.stream().isHost()) {
            return; // copies, and threads that are no vCPU
        }
        for (int row = 0; row < columns.count(); row++) {
            take(event.on(columns, row));
        }
    }

    /** All of them; the last may lack its entry. */
    List<String> all() {
        endTurn();
        return turns;
    }

    private void take(EventView e) {
        switch (e.kind()) {
            case VM_EXIT -> {
                endTurn();
                boolean nm = e.get(VmExit.INTR_INFO) == NM_INTR_INFO;
                add(e, "exit " + ExitReasons.name(ExitReasons.VMX, e.get(VmExit.EXIT_REASON)) + (nm ? " NM" : ""));
            }
            case VM_ENTRY -> {
                add(e, "entry");
                endTurn();
            }
            case HOST_MSR_ACCESS -> add(e, host(e));
            case GUEST_MSR_ACCESS -> {
                if (isXfd(e.get(GuestMsrAccess.INDEX))) {
                    add(e, guest(e));
                }
            }
            case EXCEPTION_INJECTED ->
                add(e, "inj " + e.get(ExceptionInjected.VECTOR) + (e.is(ExceptionInjected.REINJECTED) ? " again" : ""));
            case FPU_SWITCH -> add(e, e.is(FpuSwitch.LOAD) ? "fpu load" : "fpu unload");
            default -> {
                // has nothing to do with XFD
            }
        }
    }

    private static String host(EventView e) {
        String verb = e.is(HostMsrAccess.WRITE) ? "w " : "r ";
        return verb + Long.toHexString(e.get(HostMsrAccess.INDEX)) + "=" + Long.toHexString(e.get(HostMsrAccess.VALUE));
    }

    private static String guest(EventView e) {
        String verb = e.is(GuestMsrAccess.WRITE) ? "g w " : "g r ";
        String access =
                Long.toHexString(e.get(GuestMsrAccess.INDEX)) + "=" + Long.toHexString(e.get(GuestMsrAccess.DATA));
        return verb + access + (e.is(GuestMsrAccess.FAILED) ? " #GP" : "");
    }

    private static boolean isXfd(long index) {
        return index == Msr.XFD || index == Msr.XFD_ERR;
    }

    private void add(EventView e, String text) {
        boolean irqsOff = (e.flags() & EventFlags.IRQS_OFF) != 0;
        boolean bhOff = (e.flags() & EventFlags.BH_OFF) != 0;
        turn.add((irqsOff ? "d " : bhOff ? "b " : ". ") + text);
    }

    private void endTurn() {
        if (!turn.isEmpty()) {
            turns.add(String.join("; ", turn));
            turn.clear();
        }
    }
}
