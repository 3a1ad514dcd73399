package io.trapline.streams.whatif;

import io.trapline.schemas.avro.WhatIfLoss;
import io.trapline.schemas.avro.WhatIfLossTally;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Level;

/** Where a loss comes first, if it does, and what had happened before. */
final class LossPlace {
    private static final Level[] LEVELS = Level.values();

    private final Loss loss;
    private boolean found;
    private Level level = Level.UNKNOWN;
    private long seq;
    private long time;
    private long source;
    private long xfd;
    /** The value of the copy, or what the CPU put into IA32_XFD_ERR. */
    private long other;

    private LevelActs upTo = new LevelActs();

    LossPlace(Loss loss) {
        this.loss = loss;
    }

    boolean found() {
        return found;
    }

    /** The first one counts. */
    void find(Level newLevel, long newSeq, long newTime, long newSource, long newXfd, long newOther, LevelActs before) {
        if (!found) {
            found = true;
            level = newLevel;
            seq = newSeq;
            time = newTime;
            source = newSource;
            xfd = newXfd;
            other = newOther;
            upTo = before.copy();
        }
    }

    void each(Items items) {
        found = items.next(found);
        if (found) {
            level = LEVELS[(int) items.next((long) level.ordinal())];
            seq = items.next(seq);
            time = items.next(time);
            source = items.next(source);
            xfd = items.next(xfd);
            other = items.next(other);
            upTo.each(items);
        }
    }

    WhatIfLossTally toRow(StreamKey stream) {
        WhatIfLoss row =
                new WhatIfLoss(loss.name(), stream.vm(), stream.vcpu(), level.title(), seq, time, source, evidence());
        return new WhatIfLossTally(row, upTo.toRow());
    }

    private String evidence() {
        String now = "IA32_XFD is 0x" + Long.toHexString(xfd);
        return switch (loss) {
            case STALE_COPY, STALE_COPY_BY_SPEC_CTRL ->
                now + " here, and was 0x" + Long.toHexString(other) + " when KVM saw it last without reading it back: "
                        + loss.sentence();
            case FAULT_ARMED_UNSEEN, FAULT_OF_L2_KEPT, FAULT_BEFORE_OPENING, FAULT_WHILE_CLOSED, FAULT_UNTRAPPED ->
                "#NM, " + now + ", IA32_XFD_ERR 0x" + Long.toHexString(other) + ": " + loss.sentence();
            case STALE_EB01 -> now + ": " + loss.sentence();
        };
    }
}
