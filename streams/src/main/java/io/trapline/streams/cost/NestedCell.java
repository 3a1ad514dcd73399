package io.trapline.streams.cost;

import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.streams.core.Items;

/** The instructions of L2 of one reason and detail in the open window. */
public final class NestedCell {
    final int isa;
    final long reason;
    final long detailCode;
    final CostStats time = new CostStats();
    final CausedExits caused = new CausedExits();
    long hostTime;

    NestedCell(int isa, long reason, long detailCode) {
        this.isa = isa;
        this.reason = reason;
        this.detailCode = detailCode;
    }

    boolean is(int otherIsa, long otherReason, long otherCode) {
        return reason == otherReason && detailCode == otherCode && isa == otherIsa;
    }

    /** From the exit of L2 to the next entry into L2. */
    public CostStats time() {
        return time;
    }

    /** As a row of the stream that the caller sets. */
    public NestedCostRow toRow() {
        NestedCostRow row = new NestedCostRow();
        row.setIsa(isa);
        row.setReason(reason);
        row.setDetail(ExitDetail.text(isa, detailCode));
        row.setTime(time.toRow());
        row.setHostTime(hostTime);
        row.setCaused(caused.rows(isa));
        return row;
    }

    /** What stored state keeps beside the row, which has no codes. */
    public void each(Items items) {
        items.next(detailCode);
        caused.each(items);
    }
}
