package io.trapline.app.report;

import io.trapline.producer.emulator.CostFile.Cost;
import io.trapline.streams.whatif.Bounds;
import java.math.BigInteger;

/** Cycles from {@code lo} to {@code hi}; {@code hi} null where nothing bounds them. May be negative: a saving. */
public record CycleRange(BigInteger lo, BigInteger hi) {
    static final CycleRange ZERO = new CycleRange(BigInteger.ZERO, BigInteger.ZERO);

    /** So many times what costs so much. */
    static CycleRange of(Bounds count, Cost each) {
        BigInteger hi = count.hi() == null ? null : BigInteger.valueOf(count.hi());
        return new CycleRange(BigInteger.valueOf(count.lo()), hi).times(each);
    }

    /** The same for a difference of two counts: a cost has one value, which is the same for both. */
    static CycleRange ofDifference(Bounds count, Bounds base, Cost each) {
        BigInteger lo = base.hi() == null ? null : BigInteger.valueOf(count.lo() - base.hi());
        BigInteger hi = count.hi() == null ? null : BigInteger.valueOf(count.hi() - base.lo());
        return new CycleRange(lo, hi).times(each);
    }

    private CycleRange times(Cost each) {
        BigInteger least = BigInteger.valueOf(each.lo());
        BigInteger most = BigInteger.valueOf(each.hi());
        return new CycleRange(
                lo == null ? null : lo.multiply(lo.signum() < 0 ? most : least),
                hi == null ? null : hi.multiply(hi.signum() < 0 ? least : most));
    }

    CycleRange plus(CycleRange other) {
        return new CycleRange(sum(lo, other.lo), sum(hi, other.hi));
    }

    /** What it costs less, of what it costs more. */
    CycleRange negated() {
        return new CycleRange(hi == null ? null : hi.negate(), lo == null ? null : lo.negate());
    }

    private static BigInteger sum(BigInteger one, BigInteger other) {
        return one == null || other == null ? null : one.add(other);
    }
}
