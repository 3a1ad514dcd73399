package io.trapline.streams.core;

import io.trapline.schemas.table.Msrs;

/** MSRs whose interception L1's first accepted non-zero write should have ended (R22). Nothing ends it again. */
public final class OpenedMsrs {
    boolean specCtrl;
    boolean predCmd;

    /** Whether the guest is known to have opened the MSR before the access at hand. */
    public boolean contains(long index) {
        return index == Msrs.IA32_SPEC_CTRL && specCtrl || index == Msrs.IA32_PRED_CMD && predCmd;
    }

    /** An access of L1 is over. */
    void accessed(MsrAccess access) {
        if (access.write && !access.failed && access.data != 0) {
            specCtrl |= access.index == Msrs.IA32_SPEC_CTRL;
            predCmd |= access.index == Msrs.IA32_PRED_CMD;
        }
    }

    void forget() {
        specCtrl = false;
        predCmd = false;
    }

    void each(Items items) {
        specCtrl = items.next(specCtrl);
        predCmd = items.next(predCmd);
    }
}
