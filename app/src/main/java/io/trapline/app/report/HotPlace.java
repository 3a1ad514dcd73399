package io.trapline.app.report;

import io.trapline.schemas.avro.HotSpot;
import io.trapline.schemas.avro.HotSpotsRow;
import io.trapline.schemas.table.ExitReasons;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A place where a VM leaves the guest often: {@code kind} is rip or page (a guest-physical address). {@code exits} may be
 * too high by at most {@code error}; {@code symbol} is null where nobody named the place.
 */
public record HotPlace(Name name, long exits, long error, BigInteger time, String symbol) {
    static final Comparator<HotPlace> ORDER = Comparator.comparing((HotPlace place) -> place.name.kind)
            .reversed()
            .thenComparing(Comparator.comparingLong(HotPlace::least).reversed())
            .thenComparing(HotPlace::name);

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

    /** The places of a run, summed up over the vCPUs of each VM. */
    static List<HotPlace> of(List<HotSpotsRow> rows) {
        Map<Name, HotPlace> places = new TreeMap<>();
        for (HotSpotsRow row : rows) {
            row.getSpots().forEach(spot -> {
                HotPlace place = of(row, spot);
                places.merge(place.name, place, HotPlace::plus);
            });
        }
        return places.values().stream().sorted(ORDER).toList();
    }

    private static HotPlace of(HotSpotsRow row, HotSpot spot) {
        Name name = new Name(
                row.getKind(),
                row.getVm(),
                spot.getLevel(),
                RunReading.isa(spot.getIsa()),
                ExitReasons.name(spot.getIsa(), spot.getReason()),
                spot.getAddress());
        return new HotPlace(name, spot.getExits(), spot.getError(), BigInteger.valueOf(spot.getTime()), null);
    }

    private HotPlace plus(HotPlace other) {
        return new HotPlace(name, exits + other.exits, error + other.error, time.add(other.time), symbol);
    }

    /** So many exits at least. */
    long least() {
        return exits - error;
    }

    HotPlace named(String newSymbol) {
        return new HotPlace(name, exits, error, time, newSymbol);
    }
}
