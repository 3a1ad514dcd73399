package io.trapline.app.report;

import io.trapline.app.report.TextTable.Side;
import io.trapline.streams.cost.HotSpots;
import java.util.ArrayList;
import java.util.List;

/**
 * The places of the guest with the most exits, for people. Halts are left out, and places of which less than half of the
 * exits are certain: they may be there by chance.
 */
final class HotSpotText {
    private static final int RIPS_MAX = 10;
    private static final int PAGES_MAX = 5;

    private static final String MAY_LACK_SOME =
            "The guest exits at more places than are counted: some that are missing may have more exits.";

    private final RunClock clock;
    private final Ink ink;
    private final List<HotPlace> places;
    private final List<HotPlace> all;
    private final boolean manyVms;

    HotSpotText(SummaryDocument document, Ink ink) {
        clock = document.run().clock();
        this.ink = ink;
        places = certain(document.hotSpots());
        all = document.hotSpots();
        manyVms = places.stream().map(place -> place.name().vm()).distinct().count() > 1;
    }

    /** Those that are shown, of these. */
    static List<HotPlace> certain(List<HotPlace> places) {
        return places.stream()
                .filter(place -> place.least() > place.error())
                .filter(place -> !ExitCost.isHalt(place.name().reason()))
                .toList();
    }

    /**
     * Whether a place that is not among those shown may have more exits than the last one of them: as many as a place may have
     * had before it was counted.
     */
    private boolean mayLackSome(List<HotPlace> shown, String kind) {
        long before = all.stream()
                .filter(place -> place.name().kind().equals(kind))
                .mapToLong(HotPlace::error)
                .max()
                .orElse(0);
        return before > shown.get(shown.size() - 1).least();
    }

    void append(StringBuilder out) {
        append("Where the guest exits most", "rip", HotSpots.RIPS, RIPS_MAX, out);
        append("Pages of the guest that fault most", "page", HotSpots.PAGES, PAGES_MAX, out);
    }

    private void append(String heading, String column, String kind, int max, StringBuilder out) {
        List<HotPlace> shown = places.stream()
                .filter(place -> place.name().kind().equals(kind))
                .limit(max)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        out.append('\n').append(ink.heading(heading)).append('\n');
        TextTable table = new TextTable(List.of(Side.LEFT, Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.LEFT));
        table.row(List.of(column, "level", "reason", "exits", clock.measuresNanos() ? "time" : "", ""));
        shown.forEach(place -> table.row(row(place)));
        List<String> lines = table.lines();
        out.append("  ").append(ink.faint(lines.get(0))).append('\n');
        lines.stream()
                .skip(1)
                .forEach(line -> out.append("  ").append(Lines.cut(line)).append('\n'));
        if (mayLackSome(shown, kind)) {
            out.append("  ").append(ink.faint(MAY_LACK_SOME)).append('\n');
        }
    }

    private List<String> row(HotPlace place) {
        List<String> cells = new ArrayList<>(List.of(
                "0x" + Long.toHexString(place.name().address()),
                place.name().level(),
                Lines.safe(place.name().reason()),
                exits(place),
                clock.measuresNanos() ? HumanFigures.duration(clock.nanos(place.time(), 1)) : ""));
        String vm = manyVms ? "VM " + place.name().vm() + " " : "";
        cells.add(Lines.safe(vm + (place.symbol() == null ? "" : place.symbol())));
        return cells;
    }

    /** From what is certain to what may be. */
    static String exits(HotPlace place) {
        String most = HumanFigures.count(place.exits());
        return place.error() == 0 ? most : HumanFigures.count(place.least()) + ".." + most;
    }
}
