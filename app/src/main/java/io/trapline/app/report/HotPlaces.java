package io.trapline.app.report;

import io.trapline.schemas.avro.HotSpot;
import io.trapline.schemas.avro.HotSpotsRow;
import io.trapline.schemas.table.ExitReasons;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The places of one kind where one VM leaves the guest most often, the most certain first; a place that is not among them
 * has at most {@code unlisted} exits. {@code kind} is rip or page (a guest-physical address).
 */
public record HotPlaces(String kind, String vm, List<HotPlace> places, long unlisted) {
    /** Places of one kind and VM that a document lists; of them it is said by a bound how many exits all others have. */
    static final int LISTED_MAX = 32;

    private static final Comparator<HotPlaces> ORDER =
            Comparator.comparing(HotPlaces::kind).reversed().thenComparing(HotPlaces::vm);

    public HotPlaces {
        places = List.copyOf(places);
    }

    /** The places of a run, summed up over the vCPUs of each VM. */
    static List<HotPlaces> of(List<HotSpotsRow> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(row -> List.of(row.getKind(), row.getVm())))
                .values()
                .stream()
                .map(HotPlaces::sum)
                .sorted(ORDER)
                .toList();
    }

    /** Of a place that a vCPU does not list, it may have had as many exits as of any that it does not. */
    private static HotPlaces sum(Collection<HotSpotsRow> vcpus) {
        long unlisted = vcpus.stream().mapToLong(HotSpotsRow::getUnlisted).sum();
        Map<HotPlace.Name, HotPlace> places = new TreeMap<>();
        for (HotSpotsRow vcpu : vcpus) {
            for (HotSpot spot : vcpu.getSpots()) {
                HotPlace.Name name = name(vcpu, spot);
                HotPlace before = places.getOrDefault(name, HotPlace.unlisted(name, unlisted));
                places.put(name, before.listed(spot, vcpu.getUnlisted()));
            }
        }
        HotSpotsRow any = vcpus.iterator().next();
        return new HotPlaces(
                any.getKind(),
                any.getVm(),
                places.values().stream().sorted(HotPlace.ORDER).toList(),
                unlisted);
    }

    /** The first ones: where the guest exits at more, the bound is that of the others too. */
    HotPlaces listed() {
        long others =
                places.stream().skip(LISTED_MAX).mapToLong(HotPlace::exits).reduce(unlisted, Math::max);
        return new HotPlaces(kind, vm, places.stream().limit(LISTED_MAX).toList(), others);
    }

    private static HotPlace.Name name(HotSpotsRow row, HotSpot spot) {
        return new HotPlace.Name(
                row.getKind(),
                row.getVm(),
                spot.getLevel(),
                RunReading.isa(spot.getIsa()),
                ExitReasons.name(spot.getIsa(), spot.getReason()),
                spot.getAddress());
    }

    HotPlaces filter(Predicate<HotPlace> wanted) {
        return new HotPlaces(kind, vm, places.stream().filter(wanted).toList(), unlisted);
    }

    HotPlaces map(UnaryOperator<HotPlace> change) {
        return new HotPlaces(kind, vm, places.stream().map(change).toList(), unlisted);
    }
}
