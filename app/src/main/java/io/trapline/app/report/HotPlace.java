package io.trapline.app.report;

import io.trapline.schemas.avro.HotSpot;
import java.math.BigInteger;
import java.util.Comparator;

/**
 * A place where a VM leaves the guest often: {@code kind} is rip or page (a guest-physical address). {@code exits} may be
 * too high by at most {@code error}; {@code symbol} is null where nobody named the place.
 */
public record HotPlace(Name name, long exits, long error, BigInteger time, String symbol) {
    /** The most certain first. */
    static final Comparator<HotPlace> ORDER =
            Comparator.comparingLong(HotPlace::least).reversed().thenComparing(HotPlace::name);

    /** What is counted together. */
    public record Name(String kind, String vm, String level, String isa, String reason, long address)
            implements Comparable<Name> {
        private static final Comparator<Name> ORDER = Comparator.comparing(Name::kind)
                .thenComparing(Name::vm)
                .thenComparing(Name::level)
                .thenComparing(Name::isa)
                .thenComparing(Name::reason)
                .thenComparing(Name::address, Long::compareUnsigned);

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }
    }

    /** A place that no vCPU lists: together they may have had so many exits there. */
    static HotPlace unlisted(Name name, long exits) {
        return new HotPlace(name, exits, exits, BigInteger.ZERO, null);
    }

    /** A vCPU that was taken to have at most {@code unlisted} exits there lists the place. */
    HotPlace listed(HotSpot spot, long unlisted) {
        return new HotPlace(
                name,
                exits - unlisted + spot.getExits(),
                error - unlisted + spot.getError(),
                time.add(BigInteger.valueOf(spot.getTime())),
                symbol);
    }

    /** So many exits at least. */
    long least() {
        return exits - error;
    }

    HotPlace named(String newSymbol) {
        return new HotPlace(name, exits, error, time, newSymbol);
    }
}
