package io.trapline.app.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * The places of one kind that people are shown, of all VMs, the most certain first. Halts are left out, and places of which
 * less than half of the exits are certain: they may be there by chance. {@code note} says that one may be missing; it is
 * null where none is.
 */
record ShownPlaces(List<HotPlace> places, String note) {
    static final String MAY_LACK_SOME =
            "The guest exits at more places than are counted: some that are missing may have more exits.";

    static ShownPlaces of(SummaryDocument document, String kind, int max) {
        List<HotPlaces> vms = document.hotSpots().stream()
                .filter(vm -> vm.kind().equals(kind))
                .toList();
        List<HotPlace> places = running(vms)
                .filter(ShownPlaces::isCertain)
                .sorted(HotPlace.ORDER)
                .limit(max)
                .toList();
        return new ShownPlaces(places, mayLackSome(vms, places) ? MAY_LACK_SOME : null);
    }

    private static Stream<HotPlace> running(List<HotPlaces> vms) {
        return vms.stream()
                .flatMap(vm -> vm.places().stream())
                .filter(place -> !ExitCost.isHalt(place.name().reason()));
    }

    private static boolean isCertain(HotPlace place) {
        return place.least() > place.error();
    }

    /** Whether a place that nobody lists, or that is left out as uncertain, may have more exits than the last one shown. */
    private static boolean mayLackSome(List<HotPlaces> vms, List<HotPlace> shown) {
        if (shown.isEmpty()) {
            return false;
        }
        long last = shown.get(shown.size() - 1).least();
        return vms.stream().anyMatch(vm -> vm.unlisted() > last)
                || running(vms).anyMatch(place -> !isCertain(place) && place.exits() > last);
    }
}
