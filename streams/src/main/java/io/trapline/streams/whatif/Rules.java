package io.trapline.streams.whatif;

import io.trapline.streams.core.Level;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the rules of one strategy say to an act, given what was recorded. A doubt is noted where the answer hangs on it.
 */
final class Rules {
    private final Strategy strategy;
    private final Recorded recorded;
    private final boolean filtered;
    private final boolean nested;
    private final Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);

    /**
     * The rules for one vCPU.
     *
     * @param filtered accesses to XFD went on to exit, as they do where a filter denies them to the guest
     * @param nested exits of L2 are among its acts
     */
    Rules(Strategy strategy, Recorded recorded, boolean filtered, boolean nested) {
        this.strategy = strategy;
        this.recorded = recorded;
        this.filtered = filtered;
        this.nested = nested;
    }

    Set<Doubt> doubts() {
        return doubts;
    }

    private Answer doubt(Doubt doubt) {
        doubts.add(doubt);
        return Answer.MAYBE;
    }

    /** Whether an exit that no rule can avoid took the slow path. */
    Answer slow(int act) {
        if (!Act.has(act, Act.PATH_UNKNOWN)) {
            return Answer.YES;
        }
        boolean wouldHaveSynced = Act.has(act, Act.OPEN) && recorded.xfdReads() && !recorded.truth();
        return wouldHaveSynced ? Answer.NO : doubt(Doubt.PATH);
    }

    /** Whether an access of L1 to IA32_XFD exits. */
    Answer accessExits(int act) {
        // KVM refuses a read only where a filter denies it or CPUID has no XFD: nothing opens it then.
        boolean readDenied = Act.has(act, Act.REFUSED) && !Act.has(act, Act.XFD_WRITE);
        return (filtered || readDenied) && Act.has(act, Act.EXITED)
                ? Answer.YES
                : open(act).not();
    }

    /** Whether L1's accesses to IA32_XFD do not exit when this comes. */
    private Answer open(int act) {
        return switch (strategy.intercept()) {
            case I1 -> flag(act);
            case I2 -> Answer.NO;
            case I3 -> Act.has(act, Act.OPEN) ? Answer.YES : recorded.svm() ? Answer.NO : doubt(Doubt.HOST);
            case I4 -> Act.has(act, Act.OPEN_I4) ? Answer.YES : unlessHidden(act);
            case I5 -> openByI5(act);
        };
    }

    private Answer openByI5(int act) {
        // Without the value at each exit nobody knows when it closes again.
        if (Act.has(act, Act.OPEN_I5) && (recorded.truth() || recorded.xfdReads())) {
            return Answer.YES;
        }
        boolean countsLess = strategy.sync() == SyncRule.S2 && nested;
        return countsLess && flag(act) != Answer.NO ? doubt(Doubt.REARM) : unlessHidden(act);
    }

    /** R4's flag. */
    private Answer flag(int act) {
        if (Act.has(act, Act.OPEN)) {
            return Answer.YES;
        }
        boolean maybe = Act.has(act, Act.OPEN_UNKNOWN) && !recorded.xfdReads() && !recorded.svm();
        return maybe ? doubt(Doubt.FLAG) : Answer.NO;
    }

    /** Writes that left no record may have ended the interception. */
    private Answer unlessHidden(int act) {
        return recorded.truth() || flag(act) == Answer.NO ? Answer.NO : doubt(Doubt.HIDDEN_WRITES);
    }

    /** Whether a #NM exits. */
    Answer trapped(Level level, int act) {
        if (Act.has(act, Act.REFLECTED)) {
            // L1 traps it.
            return Answer.YES;
        }
        Answer wanted = wantedByL0(level, act);
        boolean mayBeL1s = level != Level.L1 && Act.has(act, Act.EXITED) && !recorded.reflections();
        return mayBeL1s && wanted == Answer.NO ? doubt(Doubt.REFLECTED) : wanted;
    }

    private Answer wantedByL0(Level level, int act) {
        return switch (strategy.trap()) {
            case T1 -> byFlag(level, act);
            case T2 -> {
                // What L2 writes changes only L2's bitmap, unless that of L1 is refreshed.
                Answer armed = armed(act);
                boolean maybeStale = nested && level != Level.L2 && !strategy.eb01Refreshed();
                yield maybeStale && armed == Answer.YES ? doubt(Doubt.STALE_EB01) : armed;
            }
            case T3 -> Act.has(act, Act.SEEN_UNKNOWN) ? doubt(Doubt.XFD) : Answer.of(Act.has(act, Act.SEEN_ARMED));
            case T4 ->
                switch (level) {
                    case L1 -> byFlag(level, act);
                    case L2 -> Answer.NO;
                    case UNKNOWN -> byFlag(level, act).and(doubt(Doubt.LEVEL));
                };
            case T5 -> Act.has(act, Act.FAULT) ? Answer.YES : doubt(Doubt.XCR0);
            case T6 -> Answer.NO;
            case T7 -> byFlag(level, act).or(armed(act));
        };
    }

    private Answer byFlag(Level level, int act) {
        boolean asRecorded = strategy.intercept() == InterceptRule.I1 && !recorded.truth();
        if (asRecorded && Act.has(act, Act.EXITED)) {
            return Answer.YES;
        }
        boolean stale = recorded.openedInL2() && level == Level.L1 && !strategy.eb01Refreshed();
        if (!stale) {
            return open(act);
        }
        boolean refreshedAsRecorded = Act.has(act, Act.EXITED) && open(act) != Answer.NO;
        // An emulator may have refreshed it; L1's writes do so under this strategy as long as they exit.
        boolean never = strategy.intercept() == InterceptRule.I1 || !refreshedAsRecorded;
        return never ? Answer.NO : doubt(Doubt.STALE_EB01);
    }

    private Answer armed(int act) {
        return Act.has(act, Act.ARMED_UNKNOWN) ? doubt(Doubt.XFD) : Answer.of(Act.has(act, Act.ARMED));
    }

    /** Whether this exit, if it is one, reads IA32_XFD back. */
    Answer syncs(Level level, int act) {
        return switch (strategy.sync()) {
            case S1 -> open(act);
            case S2 ->
                switch (level) {
                    case L1 -> openInBitmap(act);
                    case L2 -> Answer.NO;
                    case UNKNOWN -> {
                        Answer open = openInBitmap(act);
                        yield open == Answer.NO ? Answer.NO : doubt(Doubt.LEVEL);
                    }
                };
            case S3 -> openInBitmap(act);
            case S4 -> onHostWithXfd(specCtrl(level, act));
            case S5 -> onHostWithXfd(Answer.YES);
            case S6 -> Answer.NO;
        };
    }

    private Answer openInBitmap(int act) {
        Answer open = open(act);
        return filtered && open != Answer.NO ? doubt(Doubt.FILTER) : open;
    }

    private Answer specCtrl(Level level, int act) {
        if (Act.has(act, Act.SPEC_CTRL_UNKNOWN)) {
            return doubt(Doubt.SPEC_CTRL);
        }
        boolean open = Act.has(act, Act.SPEC_CTRL);
        // For L2 the bit is set where L1 sets it (R24).
        return open && level != Level.L1 ? doubt(Doubt.SPEC_CTRL) : Answer.of(open);
    }

    private Answer onHostWithXfd(Answer wanted) {
        if (recorded.svm() || wanted == Answer.NO) {
            return Answer.NO;
        }
        return recorded.hostXfd() ? wanted : doubt(Doubt.HOST);
    }
}
