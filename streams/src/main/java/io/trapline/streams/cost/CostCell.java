package io.trapline.streams.cost;

import io.trapline.streams.core.Level;

/** The exits of one level, reason and detail in the open window. */
public final class CostCell implements Comparable<CostCell> {
    final Level level;
    final int isa;
    final long reason;
    final long detailCode;
    /** The sub-reason as text, once somebody has asked for it. */
    private String detail;

    final CostStats time = new CostStats();
    long open;
    long syncs;
    final TimeParts parts = new TimeParts();

    CostCell(Level level, int isa, long reason, long detailCode) {
        this.level = level;
        this.isa = isa;
        this.reason = reason;
        this.detailCode = detailCode;
    }

    public Level level() {
        return level;
    }

    public int isa() {
        return isa;
    }

    /** The raw reason. */
    public long reason() {
        return reason;
    }

    /** The sub-reason as documents spell it; empty where there is none. */
    public String detail() {
        if (detail == null) {
            detail = ExitDetail.text(isa, detailCode);
        }
        return detail;
    }

    /** The detail as a number, for stored state. */
    public long detailCode() {
        return detailCode;
    }

    /** Time from the exit to the next entry, of exits that have one. */
    public CostStats time() {
        return time;
    }

    /** Exits without a following entry. */
    public long open() {
        return open;
    }

    /** Exits that pay a read of IA32_XFD (R15); open ones are among them. */
    public long syncs() {
        return syncs;
    }

    /** Where the time went. */
    public TimeParts parts() {
        return parts;
    }

    /** Whether it has counted nothing in this window. */
    public boolean isEmpty() {
        return open == 0 && time.samples() == 0;
    }

    /** Begins the next window. */
    void clear() {
        open = 0;
        syncs = 0;
        time.clear();
        parts.clear();
    }

    boolean is(Level otherLevel, int otherIsa, long otherReason, long otherCode) {
        return reason == otherReason && detailCode == otherCode && level == otherLevel && isa == otherIsa;
    }

    /** The order of rows. Not a chain of comparators: each window sorts by it. */
    @Override
    public int compareTo(CostCell other) {
        if (level != other.level) {
            return level.title().compareTo(other.level.title());
        }
        if (isa != other.isa) {
            return Integer.compare(isa, other.isa);
        }
        return reason == other.reason ? detail().compareTo(other.detail()) : Long.compare(reason, other.reason);
    }

    static int hash(Level level, int isa, long reason, long detailCode) {
        long mixed = (detailCode * 31 + reason) * 31 + isa * 4L + level.ordinal();
        mixed *= 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }
}
