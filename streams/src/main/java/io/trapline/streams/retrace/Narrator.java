package io.trapline.streams.retrace;

import static io.trapline.streams.core.StateItem.FAST_MSR_WRITE;
import static io.trapline.streams.core.StateItem.FPU;
import static io.trapline.streams.core.StateItem.IRQOFF_WINDOW;
import static io.trapline.streams.core.StateItem.NESTED_EXIT;
import static io.trapline.streams.core.StateItem.NOWI;
import static io.trapline.streams.core.StateItem.PATH;
import static io.trapline.streams.core.StateItem.PHASE;
import static io.trapline.streams.core.StateItem.SYNCED_LATE;
import static io.trapline.streams.core.StateItem.TURN;
import static io.trapline.streams.core.StateItem.XFD_ERR;
import static io.trapline.streams.core.StateItem.XFD_ERR_CLEARED;
import static io.trapline.streams.core.StateItem.XFD_ERR_CLEARED_LATE;
import static io.trapline.streams.core.StateItem.XFD_ERR_READ;
import static io.trapline.streams.core.StateItem.XFD_ERR_READ_FAILED;
import static io.trapline.streams.core.StateItem.XFD_EXITS_WHILE_OPEN;

import io.trapline.schemas.event.EventFields.ExceptionInjected;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.Msrs;
import io.trapline.streams.core.Exits;
import io.trapline.streams.core.Path;
import io.trapline.streams.core.Phase;
import io.trapline.streams.core.StateItem;
import io.trapline.streams.core.StateReading;
import io.trapline.streams.core.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * Says of one event what the replay made of it: by its kind, its place in the turn, and what the state was before and is
 * after. It decides nothing of its own.
 */
final class Narrator {
    private static final int NM_VECTOR = 7;

    private final EventView event;
    private final StateReading before;
    private final StateReading after;
    /** The turn as it is after the event. */
    private final Turn turn;

    private final List<Deed> deeds = new ArrayList<>();

    private Narrator(EventView event, StateReading before, StateReading after, Turn turn) {
        this.event = event;
        this.before = before;
        this.after = after;
        this.turn = turn;
    }

    /** What the event did, in the order of telling; nothing where the replay follows nothing of it. */
    static List<Deed> deeds(EventView event, StateReading before, StateReading after, Turn turn) {
        Narrator narrator = new Narrator(event, before, after, turn);
        narrator.tell();
        return List.copyOf(narrator.deeds);
    }

    private void tell() {
        switch (event.kind()) {
            case VM_EXIT -> exit();
            case VM_ENTRY -> entry();
            case GAP -> deeds.add(changed(NOWI) ? Deed.ANOTHER_RECORDING : Deed.LOSS);
            default -> inTurn();
        }
    }

    private void exit() {
        if (isOpen(TURN, before)) {
            deeds.add(Deed.EXIT_AFTER_EXIT);
        }
        deeds.add(turn.windowVisible() ? Deed.EXIT : Deed.EXIT_RECORDED_LATE);
        if (turn.isDeviceNotAvailable()) {
            deeds.add(Deed.TRAPPED_NM);
        }
        if (Exits.entersNested(turn.isa(), turn.reason())) {
            deeds.add(Deed.ASKED_FOR_L2);
        }
    }

    private void entry() {
        if (before.known(PHASE) && before.value(PHASE) == Phase.IN_GUEST.ordinal()) {
            deeds.add(Deed.ENTRY_AFTER_ENTRY);
        } else if (!isOpen(TURN, before)) {
            deeds.add(Deed.ENTRY_WITHOUT_TURN);
        } else {
            deeds.add(Deed.ENTRY);
            if (after.known(PATH) && after.value(PATH) == Path.FAST.ordinal()) {
                deeds.add(Deed.ENTRY_AFTER_FAST_PATH);
            } else if (changed(XFD_ERR)) {
                deeds.add(after.known(XFD_ERR) ? Deed.ENTRY_SHOWS_XFD_ERR : Deed.ENTRY_LEAVES_XFD_ERR_OPEN);
            }
        }
    }

    private void inTurn() {
        if (isOpen(IRQOFF_WINDOW, before) && !isOpen(IRQOFF_WINDOW, after)) {
            deeds.add(Deed.WINDOW_OVER);
        }
        if (EventFlags.inInterrupt(event.flags())) {
            deeds.add(Deed.INTERRUPT);
            return;
        }
        switch (event.kind()) {
            case GUEST_MSR_ACCESS -> guestMsr();
            case HOST_MSR_ACCESS -> hostMsr();
            case NESTED_ENTRY -> deeds.add(Deed.L2_ENTRY);
            case NESTED_ENTRY_FAILED -> deeds.add(Deed.L2_ENTRY_FAILED);
            case NESTED_EXIT -> deeds.add(Deed.L2_EXIT);
            case NESTED_EXIT_REFLECTED -> deeds.add(Deed.L2_EXIT_REFLECTED);
            case EXCEPTION_INJECTED -> injected();
            case USERSPACE_EXIT -> deeds.add(Deed.USER_SPACE);
            case FPU_SWITCH -> deeds.add(after.value(FPU) != 0 ? Deed.FPU_LOADED : Deed.FPU_UNLOADED);
            case OTHER_EVENT -> other();
            default -> {} // The replay follows nothing of it but its place in the turn.
        }
    }

    private void other() {
        if (changed(NOWI)) {
            deeds.add(Deed.NEW_VCPU);
        }
    }

    private void injected() {
        if (event.get(ExceptionInjected.VECTOR) == NM_VECTOR) {
            deeds.add(Deed.NM_INJECTED);
        }
    }

    private void guestMsr() {
        long index = event.get(GuestMsrAccess.INDEX);
        boolean write = event.is(GuestMsrAccess.WRITE);
        if (index != Msrs.IA32_XFD && index != Msrs.IA32_XFD_ERR) {
            if (changed(FAST_MSR_WRITE)) {
                deeds.add(Deed.FAST_MSR_WRITE);
            }
        } else if (event.is(GuestMsrAccess.FAILED)) {
            deeds.add(Deed.XFD_WRITE_REFUSED);
        } else if (index == Msrs.IA32_XFD_ERR) {
            deeds.add(write ? Deed.XFD_ERR_WRITE : Deed.XFD_ERR_GUEST_READ);
        } else {
            deeds.add(write ? xfdWrite() : Deed.XFD_READ);
        }
        if (index == Msrs.IA32_XFD) {
            whoseXfdAccess();
        }
    }

    private Deed xfdWrite() {
        if (event.get(GuestMsrAccess.DATA) == 0) {
            return Deed.ZERO_XFD_WRITE;
        }
        return changed(NOWI) ? Deed.FIRST_XFD_WRITE : Deed.FURTHER_XFD_WRITE;
    }

    private void whoseXfdAccess() {
        if (after.value(NESTED_EXIT) != 0) {
            deeds.add(Deed.XFD_ACCESS_OF_L2);
        } else if (changed(XFD_EXITS_WHILE_OPEN)) {
            deeds.add(Deed.XFD_EXIT_WHILE_OPEN);
        }
    }

    private void hostMsr() {
        long index = event.get(HostMsrAccess.INDEX);
        boolean write = event.is(HostMsrAccess.WRITE);
        if (event.is(HostMsrAccess.FAILED)) {
            // It shows no value.
            if (changed(XFD_ERR_READ_FAILED)) {
                deeds.add(Deed.CAPTURE_FAILED);
            }
            return;
        }
        if (index == Msrs.IA32_XFD) {
            deeds.add(write ? Deed.XFD_SWITCH : xfdRead());
        } else if (index == Msrs.IA32_XFD_ERR) {
            deeds.add(write ? xfdErrWritten() : xfdErrRead());
        }
    }

    private Deed xfdRead() {
        if (turn.open() && isOpen(IRQOFF_WINDOW, after)) {
            return Deed.SYNC;
        }
        return changed(SYNCED_LATE) ? Deed.LATE_XFD_READ : otherAccess();
    }

    private Deed xfdErrRead() {
        if (!changed(XFD_ERR_READ)) {
            return otherAccess();
        }
        if (turn.capturedLate()) {
            return Deed.LATE_CAPTURE;
        }
        return turn.capturedBeforeSync() ? Deed.EARLY_CAPTURE : Deed.CAPTURE;
    }

    private Deed xfdErrWritten() {
        if (event.get(HostMsrAccess.VALUE) != 0) {
            return Deed.RESTORE;
        }
        if (changed(XFD_ERR_CLEARED)) {
            return Deed.CLEAR;
        }
        return changed(XFD_ERR_CLEARED_LATE) ? Deed.LATE_CLEAR : otherAccess();
    }

    private Deed otherAccess() {
        return turn.open() ? Deed.HOST_ACCESS : Deed.ACCESS_OUTSIDE_TURN;
    }

    private boolean changed(StateItem item) {
        return !before.agrees(item, after);
    }

    private static boolean isOpen(StateItem item, StateReading reading) {
        return reading.value(item) != 0;
    }
}
