package io.trapline.streams.core;

import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.Msrs;

/** The last access of the guest to an MSR that KVM emulated: the one at hand where a policy is asked about one. */
public final class MsrAccess {
    long index;
    boolean write;
    long data;
    boolean failed;

    public long index() {
        return index;
    }

    public boolean write() {
        return write;
    }

    public long data() {
        return data;
    }

    /** It gave the guest #GP. */
    public boolean failed() {
        return failed;
    }

    /** Whether it is one to IA32_XFD or IA32_XFD_ERR. */
    public boolean ofXfd() {
        return index == Msrs.IA32_XFD || index == Msrs.IA32_XFD_ERR;
    }

    void happens(EventView event) {
        index = event.get(GuestMsrAccess.INDEX);
        write = event.is(GuestMsrAccess.WRITE);
        data = event.get(GuestMsrAccess.DATA);
        failed = event.is(GuestMsrAccess.FAILED);
    }

    void each(Items items) {
        index = items.next(index);
        write = items.next(write);
        data = items.next(data);
        failed = items.next(failed);
    }
}
