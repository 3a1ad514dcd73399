package io.trapline.streams.core;

import io.trapline.schemas.event.EventFields.XstateEvent;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.Msrs;
import java.util.Set;

/**
 * The guest's FPU state in memory, as x86_fpu events of the vCPU's thread show it (R18, R19). They name the FPU of the task,
 * which holds the guest's state only between kvm_fpu load and unload. The swap itself writes its event before its kvm_fpu:
 * so an event waits until the next kvm_fpu or entry says whose state it showed.
 */
public final class GuestXstate {
    /** What the events amount to. */
    public enum Agreement {
        /** XFD is not set, or not known: nothing to compare. */
        NONE,
        HOLDS,
        /** User space may have changed XFD meanwhile. */
        OPEN,
        BROKEN,
        /** The guest armed XFD over saved tile data, and entered again with nothing shown in between. */
        ENTERED;

        private static final Agreement[] BY_ORDINAL = values();

        static Agreement of(int ordinal) {
            return BY_ORDINAL[ordinal];
        }
    }

    /** Events at which the memory holds what was, or will be, in the registers. */
    private static final Set<String> AFTER_SAVE = Set.of("after_save", "regs_deactivated");

    private static final Set<String> AFTER_RESTORE = Set.of("regs_activated", "before_restore", "after_restore");

    boolean held;
    boolean heldTiles;
    boolean heldSaved;
    boolean heldXfdKnown;
    long heldXfd;
    boolean heldDoubtful;

    /** The guest's tile data is in memory only. */
    boolean savedTiles;
    /** The guest has armed XFD since. */
    boolean armedOverTiles;

    Agreement agreement = Agreement.NONE;

    /** What the event at hand has settled. */
    public Agreement agreement() {
        return agreement;
    }

    /** XFD at that event. */
    public long xfd() {
        return heldXfd;
    }

    void event(VcpuState state, EventView event, boolean afterXfdWrite, Observer observer) {
        String name = event.text(XstateEvent.NAME);
        boolean saves = AFTER_SAVE.contains(name);
        if (!saves && !AFTER_RESTORE.contains(name)) {
            return;
        }
        settle(state, state.fpuKnown && state.fpuLoaded, observer);
        held = true;
        heldSaved = saves;
        heldTiles = (event.get(XstateEvent.XFEATURES) & Msrs.XFD_XTILE_DATA) != 0;
        holdXfd(state, afterXfdWrite);
    }

    /** The swap's own write of XFD says it exactly; else it is KVM's copy, if that is of this turn. */
    private void holdXfd(VcpuState state, boolean afterXfdWrite) {
        Turn turn = state.turn();
        boolean ofThisTurn = !state.nowi || turn.open && (turn.synced || turn.xfdAccepted);
        heldXfdKnown = afterXfdWrite || state.xfdKnown && ofThisTurn;
        heldXfd = afterXfdWrite ? state.cpuXfd().value : state.xfd;
        heldDoubtful = !afterXfdWrite && turn.userspace;
    }

    /** kvm_fpu: the last event before a load was the guest's, that before an unload the host's. */
    void switched(VcpuState state, boolean load, Observer observer) {
        settle(state, load, observer);
        if (!load) {
            savedTiles = false;
            armedOverTiles = false;
        }
    }

    /** An entry: whatever was shown in between was the guest's. */
    void entered(VcpuState state, Observer observer) {
        settle(state, !state.fpuKnown || state.fpuLoaded, observer);
        if (armedOverTiles) {
            tell(state, Agreement.ENTERED, observer);
        }
        savedTiles = false;
        armedOverTiles = false;
    }

    /** R19: an emulated write of XFD takes what it disarms out of the saved state. */
    void xfdWritten(VcpuState state, long data, Observer observer) {
        settle(state, state.fpuKnown && state.fpuLoaded, observer);
        armedOverTiles = savedTiles && (data & Msrs.XFD_XTILE_DATA) != 0;
    }

    private void settle(VcpuState state, boolean guests, Observer observer) {
        if (!held) {
            return;
        }
        held = false;
        if (!guests) {
            return;
        }
        savedTiles = heldSaved && heldTiles;
        armedOverTiles = false;
        boolean armed = heldXfdKnown && (heldXfd & Msrs.XFD_XTILE_DATA) != 0;
        if (armed && !heldTiles) {
            tell(state, Agreement.HOLDS, observer);
        } else if (armed) {
            tell(state, heldDoubtful ? Agreement.OPEN : Agreement.BROKEN, observer);
        }
    }

    private void tell(VcpuState state, Agreement found, Observer observer) {
        agreement = found;
        observer.guestXstateShown(state);
        agreement = Agreement.NONE;
    }

    void forget() {
        held = false;
        savedTiles = false;
        armedOverTiles = false;
    }

    void each(Items items) {
        held = items.next(held);
        heldTiles = items.next(heldTiles);
        heldSaved = items.next(heldSaved);
        heldXfdKnown = items.next(heldXfdKnown);
        heldXfd = items.next(heldXfd);
        heldDoubtful = items.next(heldDoubtful);
        savedTiles = items.next(savedTiles);
        armedOverTiles = items.next(armedOverTiles);
        agreement = Agreement.of(items.next(agreement.ordinal()));
    }
}
