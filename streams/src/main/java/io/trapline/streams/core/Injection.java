package io.trapline.streams.core;

import io.trapline.schemas.event.EventFields.ExceptionInjected;
import io.trapline.schemas.event.EventFields.InterruptInjected;
import io.trapline.schemas.event.EventFields.VmEntry;
import io.trapline.schemas.event.EventView;

/**
 * What KVM announced in a turn to inject with the entry that ends it (R13), and what that entry said it carries. An event
 * that is {@code [reinjected]} was announced, or given by L1, in another turn: it never counts.
 */
public final class Injection {
    /** The last announcement since the level last changed is these items. */
    boolean announced;

    boolean interrupt;
    boolean soft;
    int vector;
    /** After the announcement another event was reinjected. */
    boolean replaced;

    int nms;
    int nmsElsewhere;
    boolean levelChanged;
    /** User space or INIT may have changed what is to be injected. */
    boolean mayHaveChanged;

    boolean entryInfoKnown;
    long entryInfo;
    boolean entryRipKnown;
    long entryRip;

    /** An event for the level that runs at the entry was announced. */
    public boolean announced() {
        return announced;
    }

    /** The announced event is an interrupt, not an exception. */
    public boolean interrupt() {
        return interrupt;
    }

    /** The announced interrupt is an INT n. */
    public boolean soft() {
        return soft;
    }

    public int vector() {
        return vector;
    }

    /** Whether another event took the place of the announced one. */
    public boolean replaced() {
        return replaced;
    }

    /** How often a #NM was announced for the level that exited. */
    public int nms() {
        return nms;
    }

    /** How often a #NM was announced after the level had changed. */
    public int nmsElsewhere() {
        return nmsElsewhere;
    }

    /** Whether user space or INIT had the vCPU in this turn, which may take events away and bring new ones. */
    public boolean mayHaveChanged() {
        return mayHaveChanged;
    }

    /** The entry says what it injects (6.14). */
    public boolean entryInfoKnown() {
        return entryInfoKnown;
    }

    /** The entry's interruption information: the VMX field, or event_inj. */
    public long entryInfo() {
        return entryInfo;
    }

    /** Whether the entry says that it carries a #NM. */
    public boolean entryCarriesNm() {
        return entryInfoKnown && Exits.isNmInfo(entryInfo);
    }

    /**
     * Where the entry carries nothing, its RIP may be that of a handler in real mode: without unrestricted guest KVM
     * delivers events there by hand.
     */
    public boolean entryMayBeRealMode() {
        return !entryRipKnown || Long.compareUnsigned(entryRip, Exits.REAL_MODE_RIP_MAX) <= 0;
    }

    void exception(EventView event) {
        int number = (int) event.get(ExceptionInjected.VECTOR);
        if (event.is(ExceptionInjected.REINJECTED)) {
            reinjected(false, number);
            return;
        }
        announce(false, false, number);
        if (number == Exits.NM_VECTOR && levelChanged) {
            nmsElsewhere++;
        } else if (number == Exits.NM_VECTOR) {
            nms++;
        }
    }

    void interrupt(EventView event) {
        int number = (int) event.get(InterruptInjected.VECTOR);
        if (event.is(InterruptInjected.REINJECTED)) {
            reinjected(true, number);
        } else {
            announce(true, event.is(InterruptInjected.SOFT), number);
        }
    }

    private void announce(boolean isInterrupt, boolean isSoft, int number) {
        announced = true;
        interrupt = isInterrupt;
        soft = isSoft;
        vector = number;
        replaced = false;
    }

    private void reinjected(boolean isInterrupt, int number) {
        replaced |= announced && (interrupt != isInterrupt || vector != number);
    }

    /** What was announced was for the level before, and did not get there. */
    void levelChanges() {
        announced = false;
        levelChanged = true;
    }

    void entered(EventView entry) {
        entryInfoKnown = entry.has(VmEntry.INTR_INFO);
        entryInfo = entry.get(VmEntry.INTR_INFO);
        entryRipKnown = entry.has(VmEntry.RIP);
        entryRip = entry.get(VmEntry.RIP);
    }

    void begin() {
        announced = false;
        interrupt = false;
        soft = false;
        vector = 0;
        replaced = false;
        nms = 0;
        nmsElsewhere = 0;
        levelChanged = false;
        mayHaveChanged = false;
        entryInfoKnown = false;
        entryInfo = 0;
        entryRipKnown = false;
        entryRip = 0;
    }

    void each(Items items) {
        announced = items.next(announced);
        interrupt = items.next(interrupt);
        soft = items.next(soft);
        vector = items.next(vector);
        replaced = items.next(replaced);
        nms = items.next(nms);
        nmsElsewhere = items.next(nmsElsewhere);
        levelChanged = items.next(levelChanged);
        mayHaveChanged = items.next(mayHaveChanged);
        entryInfoKnown = items.next(entryInfoKnown);
        entryInfo = items.next(entryInfo);
        entryRipKnown = items.next(entryRipKnown);
        entryRip = items.next(entryRip);
    }
}
