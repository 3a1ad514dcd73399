package io.trapline.streams.cost;

import io.trapline.schemas.event.EventFields.PageFault;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Exits;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Turn;

/** Where in the guest the open exit came from, and which page it missed: what its own record and those behind it say first. */
final class ExitPlace {
    /** Page numbers are not negative. */
    static final long NO_PAGE = -1;

    private static final int PAGE_SHIFT = 12;

    private long rip;
    private long faultingPage = NO_PAGE;

    void begin(EventView exit) {
        rip = exit.get(VmExit.RIP);
        faultingPage = NO_PAGE;
    }

    /** The page is one of an exit that missed it: {@link #page} asks for that. */
    void fault(EventView event) {
        if (faultingPage == NO_PAGE) {
            faultingPage = event.get(PageFault.ADDRESS) >>> PAGE_SHIFT;
        }
    }

    /** The guest's RIP at the exit; 0 where the form has none. */
    long rip() {
        return rip;
    }

    /** Address of the guest-physical page that was missing; {@link #NO_PAGE} where none was. */
    long page(Turn turn) {
        if (!Exits.isNestedPageFault(turn.isa(), turn.reason())) {
            return NO_PAGE;
        }
        long page = turn.isa() == ExitReasons.SVM ? turn.info2() >>> PAGE_SHIFT : faultingPage;
        return page == NO_PAGE ? NO_PAGE : page << PAGE_SHIFT;
    }

    void each(Items items) {
        rip = items.next(rip);
        faultingPage = items.next(faultingPage);
    }
}
