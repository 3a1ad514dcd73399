package io.trapline.streams.whatif;

import io.trapline.streams.core.Items;

/** What held when the exit at hand came, before its handler changed anything. */
final class AtExit {
    private static final long NONE = -1;

    /** The exit that this is of. */
    private long seq = NONE;

    boolean open;
    boolean openUnknown;
    boolean openI4;
    boolean openI5;
    long xfd;
    boolean xfdKnown;
    long seen;
    boolean seenKnown;
    boolean specCtrl;
    boolean specCtrlUnknown;
    /** The guest's access gave #GP. */
    boolean refused;

    boolean isOf(long exit) {
        return seq == exit;
    }

    void begin(long exit) {
        seq = exit;
        refused = false;
    }

    /** The bits of an act that begins with this exit. */
    int bits() {
        return Act.bit(open, Act.OPEN)
                | Act.bit(openUnknown, Act.OPEN_UNKNOWN)
                | Act.bit(openI4, Act.OPEN_I4)
                | Act.bit(openI5, Act.OPEN_I5)
                | Act.bit(specCtrl, Act.SPEC_CTRL)
                | Act.bit(specCtrlUnknown, Act.SPEC_CTRL_UNKNOWN);
    }

    /** The bits that only matter for a #NM. */
    int faultBits() {
        return Act.bit(xfdKnown && xfd != 0, Act.ARMED)
                | Act.bit(!xfdKnown, Act.ARMED_UNKNOWN)
                | Act.bit(seenKnown && seen != 0, Act.SEEN_ARMED)
                | Act.bit(!seenKnown, Act.SEEN_UNKNOWN);
    }

    void each(Items items) {
        seq = items.next(seq);
        open = items.next(open);
        openUnknown = items.next(openUnknown);
        openI4 = items.next(openI4);
        openI5 = items.next(openI5);
        xfd = items.next(xfd);
        xfdKnown = items.next(xfdKnown);
        seen = items.next(seen);
        seenKnown = items.next(seenKnown);
        specCtrl = items.next(specCtrl);
        specCtrlUnknown = items.next(specCtrlUnknown);
        refused = items.next(refused);
    }
}
