package io.trapline.streams.cost;

import io.trapline.schemas.event.EventFields.PageFault;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Exits;
import io.trapline.streams.core.Items;

/** Where in the guest the open exit came from, and which page it missed: what its own record and those behind it say first. */
final class ExitPlace {
    /** Page numbers are not negative. */
    static final long NO_PAGE = -1;

    private static final int PAGE_SHIFT = 12;

    private int isa;
    private long reason;
    private long rip;
    private long page = NO_PAGE;

    void begin(EventView exit) {
        isa = (int) exit.get(VmExit.ISA);
        reason = exit.get(VmExit.EXIT_REASON);
        rip = exit.get(VmExit.RIP);
        boolean said = isa == ExitReasons.SVM && Exits.isNestedPageFault(isa, reason);
        page = said ? exit.get(VmExit.INFO2) >>> PAGE_SHIFT : NO_PAGE;
    }

    void fault(EventView event) {
        if (page == NO_PAGE && Exits.isNestedPageFault(isa, reason)) {
            page = event.get(PageFault.ADDRESS) >>> PAGE_SHIFT;
        }
    }

    /** The guest's RIP at the exit; 0 where the form has none. */
    long rip() {
        return rip;
    }

    /** Address of the guest-physical page that was missing; {@link #NO_PAGE} where none was. */
    long page() {
        return page == NO_PAGE ? NO_PAGE : page << PAGE_SHIFT;
    }

    void each(Items items) {
        isa = items.next(isa);
        reason = items.next(reason);
        rip = items.next(rip);
        page = items.next(page);
    }
}
